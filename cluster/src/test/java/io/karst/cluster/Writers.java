package io.karst.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Clients that write on, whoever leads: each sets its own key to one number after the other, and
/// knows the last that was acknowledged, and the last that it has tried.
final class Writers {
  private static final long PAUSE_NANOS = 1_000_000;

  private final Supplier<List<TestMember>> members;
  private final List<Writer> writers = new ArrayList<>();
  private volatile boolean ended;

  Writers(int count, Supplier<List<TestMember>> members) {
    this.members = members;
    for (int i = 0; i < count; i++) {
      Writer writer = new Writer("writer:" + i);
      writers.add(writer);
      writer.thread = Thread.ofVirtual().start(writer);
    }
  }

  private final class Writer implements Runnable {
    private final String key;
    private Thread thread;
    private volatile long tried;
    private volatile long acknowledged;

    Writer(String key) {
      this.key = key;
    }

    @Override
    public void run() {
      while (!ended) {
        if (!write()) {
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
    }

    private boolean write() {
      for (TestMember member : members.get()) {
        long next = tried + 1;
        try {
          if (member.attempt(key, Long.toString(next), () -> tried = next)) {
            acknowledged = next;
            return true;
          }
        } catch (Fault.ReadOnly unknown) {
          // It may have happened, or not.
        }
      }
      return false;
    }
  }

  /// Waits until each has had so many more acknowledged.
  void awaitMore(long count) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(writers.size());
    for (Writer writer : writers) {
      long wanted = writer.acknowledged + count;
      Thread.ofVirtual()
          .start(() -> {
            while (writer.acknowledged < wanted && !ended) {
              LockSupport.parkNanos(PAUSE_NANOS);
            }
            done.countDown();
          });
    }
    done.await();
  }

  /// What a member has is what was acknowledged last, or tried since.
  void verify(TestMember member) {
    for (Writer writer : writers) {
      String value = member.read(writer.key);
      assertThat(value).isNotNull();
      assertThat(Long.parseLong(value)).isBetween(writer.acknowledged, writer.tried);
    }
  }

  void stop() throws InterruptedException {
    ended = true;
    for (Writer writer : writers) {
      writer.thread.join();
    }
  }
}
