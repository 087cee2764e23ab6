/// The commands that concern a connection or the process rather than keys, one operation a file,
/// in a package a group. They are [io.karst.server.session.SessionBody]s and reach everything
/// through their session.
@NullMarked
package io.karst.server.operations;

import org.jspecify.annotations.NullMarked;
