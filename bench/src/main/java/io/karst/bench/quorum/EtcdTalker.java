package io.karst.bench.quorum;

import java.io.IOException;
import java.util.SplittableRandom;

/// A client of etcd, over gRPC.
///
/// The messages: etcd's `rpc.proto`, of version 3.
final class EtcdTalker implements Talker {
  private static final byte[] PUT = GrpcWire.headers("/etcdserverpb.KV/Put");
  private static final byte[] RANGE = GrpcWire.headers("/etcdserverpb.KV/Range");
  private static final byte[] STATUS = GrpcWire.headers("/etcdserverpb.Maintenance/Status");

  private static final int KEY = 1;
  private static final int VALUE = 2;
  private static final int SERIALIZABLE = 7;
  private static final int COUNT = 4;

  private final GrpcWire wire;
  private final Load load;
  private final Keys keys;
  private final SplittableRandom random;

  /// What is asked for. A serializable read may be stale.
  enum Load {
    PUT,
    LINEARIZABLE,
    SERIALIZABLE
  }

  EtcdTalker(int port, Load load, Keys keys, SplittableRandom random) throws IOException {
    wire = new GrpcWire(port);
    this.load = load;
    this.keys = keys;
    this.random = random;
  }

  @Override
  public void talk() throws IOException {
    Protobuf request = new Protobuf().text(KEY, keys.next(random));
    switch (load) {
      case PUT -> wire.call(PUT, request.text(VALUE, keys.value()).bytes());
      case LINEARIZABLE -> read(request);
      case SERIALIZABLE -> read(request.flag(SERIALIZABLE));
    }
  }

  private void read(Protobuf request) throws IOException {
    if (Protobuf.find(wire.call(RANGE, request.bytes()), COUNT) != 1) {
      throw new IOException("a key is not there");
    }
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }

  /// Whether the member at a port leads.
  static boolean leads(int port) {
    try (GrpcWire wire = new GrpcWire(port)) {
      byte[] status = wire.call(STATUS, new byte[0]);
      // header.member_id, leader.
      return Protobuf.find(status, 1, 2) == Protobuf.find(status, 4);
    } catch (IOException e) {
      return false;
    }
  }
}
