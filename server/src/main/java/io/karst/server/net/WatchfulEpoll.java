package io.karst.server.net;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.util.concurrent.ThreadAwareExecutor;

/// Netty's epoll, but for sockets of which nothing is wanted: they stay in the kernel's set.
///
/// Netty 4.2.18 takes such a socket out of the set, and believes it to be there still: when
/// something is wanted of it again, the kernel knows no such socket, and the connection breaks. It
/// happens to a client that has said that it sends no more, when a reply that is made meanwhile
/// does not fit into the socket's buffer. Errors, which the kernel tells whether they are asked for
/// or not, are asked for instead of nothing.
///
/// Thread: its event loop's.
final class WatchfulEpoll implements IoHandler {
  private final IoHandler epoll;

  private WatchfulEpoll(IoHandler epoll) {
    this.epoll = epoll;
  }

  static IoHandlerFactory newFactory() {
    IoHandlerFactory factory = EpollIoHandler.newFactory();
    return new IoHandlerFactory() {
      @Override
      public IoHandler newHandler(ThreadAwareExecutor executor) {
        return new WatchfulEpoll(factory.newHandler(executor));
      }

      @Override
      public boolean isChangingThreadSupported() {
        return factory.isChangingThreadSupported();
      }
    };
  }

  @Override
  public void initialize() {
    epoll.initialize();
  }

  @Override
  public int run(IoHandlerContext context) {
    return epoll.run(context);
  }

  @Override
  public void prepareToDestroy() {
    epoll.prepareToDestroy();
  }

  @Override
  public void destroy() {
    epoll.destroy();
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    return new Registration(epoll.register(handle));
  }

  @Override
  public void wakeup() {
    epoll.wakeup();
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> type) {
    return epoll.isCompatible(type);
  }

  private record Registration(IoRegistration socket) implements IoRegistration {
    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // It is Netty's.
    public <T> T attachment() {
      return socket.attachment();
    }

    @Override
    public long submit(IoOps ops) {
      return socket.submit(EpollIoOps.NONE.equals(ops) ? EpollIoOps.EPOLLERR : ops);
    }

    @Override
    public boolean isValid() {
      return socket.isValid();
    }

    @Override
    public boolean cancel() {
      return socket.cancel();
    }
  }
}
