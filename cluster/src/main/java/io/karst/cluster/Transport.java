package io.karst.cluster;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ratis.RaftConfigKeys;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcFactory;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.rpc.RpcFactory;
import org.apache.ratis.rpc.RpcType;
import org.apache.ratis.server.RaftServer.Division;
import org.apache.ratis.server.leader.FollowerInfo;
import org.apache.ratis.server.leader.LeaderState;
import org.apache.ratis.server.leader.LogAppender;

/// Ratis's transport over gRPC, with senders that tell at once what is committed.
///
/// Ratis makes it by its name.
public final class Transport implements RpcType {
  /// The senders of a server's divisions, while they lead.
  static final class Senders {
    private static final String NAME = "karst.senders";

    private final Set<PromptAppender> senders = ConcurrentHashMap.newKeySet();

    /// Lets those of a group look whether there is something to tell. Any thread.
    void wake(RaftGroupId group) {
      for (PromptAppender sender : senders) {
        if (sender.getServer().getMemberId().getGroupId().equals(group)) {
          sender.notifyLogAppender();
        }
      }
    }

    void add(PromptAppender sender) {
      senders.add(sender);
    }

    void remove(PromptAppender sender) {
      senders.remove(sender);
    }
  }

  /// Lets a server that is made with these use this transport.
  static Senders use(RaftProperties properties, Parameters parameters) {
    Senders senders = new Senders();
    parameters.put(Senders.NAME, senders, Senders.class);
    RaftConfigKeys.Rpc.setType(properties, new Transport());
    return senders;
  }

  @Override
  public String name() {
    return Transport.class.getName();
  }

  @Override
  public RpcFactory newFactory(Parameters parameters) {
    Senders senders = parameters.getNonNull(Senders.NAME, Senders.class);
    return new GrpcFactory(parameters) {
      @Override
      public LogAppender newLogAppender(
          Division division, LeaderState leader, FollowerInfo follower) {
        return new PromptAppender(division, leader, follower, senders);
      }
    };
  }
}
