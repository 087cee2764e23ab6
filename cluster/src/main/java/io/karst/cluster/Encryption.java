package io.karst.cluster;

import javax.net.ssl.SSLException;
import org.apache.ratis.grpc.GrpcTlsConfig;
import org.apache.ratis.thirdparty.io.grpc.netty.GrpcSslContexts;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/// Encryption between members: both sides show a certificate.
final class Encryption {
  private Encryption() {}

  /// For Ratis.
  static GrpcTlsConfig config(ClusterOptions.Tls tls) {
    return new GrpcTlsConfig(
        tls.key().toFile(), tls.certificate().toFile(), tls.trusted().toFile(), true);
  }

  /// For calls to other members; null for none.
  static @Nullable SslContext client(ClusterOptions.@Nullable Tls tls) throws SSLException {
    if (tls == null) {
      return null;
    }
    return GrpcSslContexts.forClient()
        .keyManager(tls.certificate().toFile(), tls.key().toFile())
        .trustManager(tls.trusted().toFile())
        .build();
  }
}
