/// `ACL`: users and what they may do, for those who manage them.
@NullMarked
package io.karst.server.operations.access;

import org.jspecify.annotations.NullMarked;
