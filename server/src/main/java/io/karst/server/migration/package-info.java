/// Keys that go to another server, `MIGRATE`: sent, acknowledged there, and only then deleted here.
///
/// No lock is held while the network is waited for. What somebody changes meanwhile is sent again.
@NullMarked
package io.karst.server.migration;

import org.jspecify.annotations.NullMarked;
