/// `./karst torture --clients`: clients that come in masses, listen in masses, and go, and what the
/// server's process has left of them: open files, threads, heap, native memory.
@NullMarked
package io.karst.bench.clients;

import org.jspecify.annotations.NullMarked;
