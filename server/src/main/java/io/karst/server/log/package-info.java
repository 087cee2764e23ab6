/// Where log lines go and what they look like. The only package that knows Logback; everything
/// else logs through SLF4J.
///
/// Configured by code, without a file: reading one takes longer than the rest of the start.
@NullMarked
package io.karst.server.log;

import org.jspecify.annotations.NullMarked;
