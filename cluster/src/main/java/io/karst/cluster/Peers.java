package io.karst.cluster;

import java.util.ArrayList;
import java.util.List;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.RaftConfiguration;

/// Members as Ratis knows them, and the other way round.
final class Peers {
  private Peers() {}

  static RaftPeer of(Member member) {
    return RaftPeer.newBuilder()
        .setId(member.id())
        .setAddress(address(member))
        .setClientAddress(member.host() + ":" + member.port())
        .setStartupRole(member.voting() ? RaftPeerRole.FOLLOWER : RaftPeerRole.LISTENER)
        .build();
  }

  /// Where other members reach one.
  static String address(Member member) {
    return member.clusterHost() + ":" + member.clusterPort();
  }

  /// The members of a configuration, sorted by id.
  static List<Member> members(RaftConfiguration configuration) {
    List<Member> members = new ArrayList<>();
    for (RaftPeer peer : configuration.getCurrentPeers(RaftPeerRole.FOLLOWER)) {
      members.add(member(peer, true));
    }
    for (RaftPeer peer : configuration.getCurrentPeers(RaftPeerRole.LISTENER)) {
      members.add(member(peer, false));
    }
    members.sort((one, other) -> one.id().compareTo(other.id()));
    return members;
  }

  static Member member(RaftPeer peer, boolean voting) {
    String client = peer.getClientAddress() == null ? ":0" : peer.getClientAddress();
    return new Member(
        peer.getId().toString(),
        host(client),
        port(client),
        host(peer.getAddress()),
        port(peer.getAddress()),
        voting,
        false);
  }

  static Member reachable(Member member, boolean reachable) {
    return new Member(
        member.id(),
        member.host(),
        member.port(),
        member.clusterHost(),
        member.clusterPort(),
        member.voting(),
        reachable);
  }

  static Member voting(Member member, boolean voting) {
    return new Member(
        member.id(),
        member.host(),
        member.port(),
        member.clusterHost(),
        member.clusterPort(),
        voting,
        member.reachable());
  }

  static boolean sameAddress(Member one, Member other) {
    return address(one).equals(address(other));
  }

  private static String host(String address) {
    return address.substring(0, address.lastIndexOf(':'));
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }
}
