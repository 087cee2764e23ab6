/// Commands about the cluster a server is a member of.
@NullMarked
package io.karst.server.operations.cluster;

import org.jspecify.annotations.NullMarked;
