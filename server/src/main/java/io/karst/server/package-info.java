/// The process: [io.karst.server.Main] reads the configuration, [io.karst.server.RunningServer]
/// puts the parts together, [io.karst.server.ProcessEnd] takes them apart.
///
/// The only package that knows all others.
@NullMarked
package io.karst.server;

import org.jspecify.annotations.NullMarked;
