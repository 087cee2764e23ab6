/// The verbs of `./karst` that are no server: `import`, `export`, `inspect`, `restore`. They work
/// on the directory of a store that is not running, or on a running server as its client.
///
/// [Tools] is the program, one class a verb. Results go to standard output, everything else to
/// standard error; the exit code is 0 for success, 1 for a failure told in one line, 2 for words
/// that are none of the verb's. The only user of picocli.
@NullMarked
package io.karst.server.tools;

import org.jspecify.annotations.NullMarked;
