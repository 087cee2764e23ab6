package io.karst.server.tls;

import io.karst.server.config.BadValueException;
import io.karst.server.config.Config;
import io.karst.server.config.DirectiveValues;
import io.karst.server.config.Guard;
import io.karst.server.config.TlsDirectives;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the handlers that encrypt connections, by the directives of now. Thread-safe.
public final class Tls implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Tls.class);

  /// How long the last of what is written may take when a connection is closed in order.
  private static final long GOODBYE_MILLIS = 500;

  private final Config config;

  /// Null as long as there is no port for TLS. Guarded by this.
  private @Nullable SslContext context;

  private Tls(Config config) {
    this.config = config;
  }

  /// TLS as the configuration says, now and when it changes.
  ///
  /// - throws [TlsException] if that cannot be had.
  public static Tls follow(Config config) throws TlsException {
    Tls tls = new Tls(config);
    if (isWanted(config)) {
      tls.replace(TlsContext.of(config));
    }
    config.guard(TlsDirectives.CONTEXT, tls::prepare);
    return tls;
  }

  private static boolean isWanted(DirectiveValues values) {
    return values.value(TlsDirectives.PORT) != 0;
  }

  private Guard.Change prepare(DirectiveValues next) throws BadValueException {
    if (!isWanted(next)) {
      return Guard.Change.NONE;
    }
    SslContext made;
    try {
      made = TlsContext.of(next);
    } catch (TlsException e) {
      LOG.warn("TLS stays as it is: {}", e.line());
      throw new BadValueException("Unable to update TLS configuration: " + e.line());
    }
    return new Guard.Change() {
      @Override
      public void commit() {
        replace(made);
      }

      @Override
      public void cancel() {
        TlsContext.release(made);
      }
    };
  }

  private synchronized void replace(SslContext made) {
    SslContext before = context;
    context = made;
    if (before != null) {
      TlsContext.release(before);
    }
    LOG.info(
        "TLS by {}, with the certificate in {}",
        engine(made),
        config.value(TlsDirectives.CERT_FILE));
  }

  private static String engine(SslContext made) {
    if (made instanceof io.netty.handler.ssl.OpenSslContext
        || made instanceof io.netty.handler.ssl.ReferenceCountedOpenSslContext) {
      return OpenSsl.versionString();
    }
    Throwable cause = OpenSsl.unavailabilityCause();
    return cause == null
        ? "the JDK, as tls-ciphersuites names some only"
        : "the JDK, as there is no BoringSSL for this machine (" + cause.getMessage() + ")";
  }

  /// What encrypts one connection; null if there is no TLS any more.
  public @Nullable SslHandler newHandler(ByteBufAllocator allocator) {
    SslHandler handler;
    synchronized (this) {
      if (context == null) {
        return null;
      }
      handler = context.newHandler(allocator);
    }
    SSLEngine engine = handler.engine();
    SSLParameters parameters = engine.getSSLParameters();
    boolean ours = config.value(TlsDirectives.PREFER_SERVER_CIPHERS);
    if (parameters.getUseCipherSuitesOrder() != ours) {
      parameters.setUseCipherSuitesOrder(ours);
      engine.setSSLParameters(parameters);
    }
    int seconds = config.value(TlsDirectives.HANDSHAKE_TIMEOUT);
    handler.setHandshakeTimeoutMillis(TimeUnit.SECONDS.toMillis(seconds));
    handler.setCloseNotifyFlushTimeoutMillis(GOODBYE_MILLIS);
    return handler;
  }

  /// After the last connection.
  @Override
  public synchronized void close() {
    if (context != null) {
      TlsContext.release(context);
      context = null;
    }
  }
}
