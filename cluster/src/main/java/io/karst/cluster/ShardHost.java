package io.karst.cluster;

import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.server.RaftServer.Division;

/// What the rest of the membership does for the shard, and is told by it.
interface ShardHost {
  /// The member's division of the group; it has been started.
  Division division();

  /// The role is another one. The shard's thread.
  void role(Role role, long term);

  /// The members of the group are others. Any thread.
  void configured(RaftConfigurationProto configuration);

  /// Something about the group is different. Any thread.
  void changed();

  /// It cannot go on. Any thread.
  void failed(Throwable cause);
}
