package io.karst.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.karst.base.Clock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/// Members of one cluster in this process.
final class TestCluster implements AutoCloseable {
  /// Quick to elect, and with little history in a file, that is not kept for long.
  static final RatisSettings QUICK =
      new RatisSettings(1000, 1500, 256 << 10, 0, 2000, FreeSpace.Source::of, address -> true);

  /// Waits for ever before it elects another leader, and says nothing to the others but entries.
  static final RatisSettings PATIENT =
      new RatisSettings(
          400_000, 600_000, 256 << 10, 0, 2000, FreeSpace.Source::of, address -> true);

  private static final String SECRET = "secret";
  private static final int FACTOR = 3;

  /// By then somebody leads, or nobody will.
  private static final Duration SOON = Duration.ofSeconds(10);

  private static final AtomicInteger PORTS =
      new AtomicInteger((int) (ProcessHandle.current().pid() % 900));

  final List<TestMember> members = new ArrayList<>();
  final Partition partition = new Partition();
  private final Path directory;
  private final RatisSettings settings;
  private final List<String> seeds;
  private final List<Integer> ports;
  private final ClusterOptions.@Nullable Tls tls;

  TestCluster(Path directory, int count) throws IOException {
    this(directory, count, QUICK, null);
  }

  TestCluster(Path directory, int count, RatisSettings settings, ClusterOptions.@Nullable Tls tls)
      throws IOException {
    this.directory = directory;
    this.settings = settings;
    this.tls = tls;
    ports = freePorts(count);
    seeds = ports.stream().map(port -> "localhost:" + port).toList();
    for (int i = 0; i < count; i++) {
      members.add(member(i, ports.get(i)));
    }
  }

  static TestCluster patient(Path directory, int count) throws IOException {
    return new TestCluster(directory, count, PATIENT, null);
  }

  /// A cluster that has formed.
  static TestCluster formed(Path directory, int count) throws IOException {
    TestCluster cluster = new TestCluster(directory, count);
    cluster.start();
    return cluster;
  }

  void start() throws IOException {
    begin();
    leader();
  }

  /// As [#start], of members that are [#PATIENT]: the first to want to lead may do so before the
  /// others have opened the group, and would try again only after minutes. Then all start anew.
  void startPatiently() throws IOException {
    begin();
    while (!isLedSoon()) {
      all(TestMember::abandon);
      begin();
    }
  }

  private boolean isLedSoon() {
    try {
      await().atMost(SOON).until(() -> members.stream().anyMatch(this::leads));
      return true;
    } catch (ConditionTimeoutException nobody) {
      return false;
    }
  }

  private void begin() throws IOException {
    for (TestMember member : members) {
      member.start();
    }
  }

  /// One that is not among the seeds.
  TestMember newcomer() throws IOException {
    TestMember member = member(members.size(), freePorts(1).getFirst());
    members.add(member);
    return member;
  }

  TestMember member(int number, int port) {
    RatisSettings linked = settings.withLinks(partition.links("localhost:" + port));
    return new TestMember(options(number, port, seeds, SECRET), linked);
  }

  ClusterOptions options(int number, int port, List<String> at, String known) {
    return new ClusterOptions(
        directory.resolve("member-" + number).resolve("raft"),
        "localhost",
        port + 10_000,
        "localhost",
        port,
        port,
        at,
        FACTOR,
        known,
        tls,
        Clock.system());
  }

  List<String> seeds() {
    return seeds;
  }

  /// Below those that the system gives to outgoing connections.
  static List<Integer> freePorts(int count) throws IOException {
    List<Integer> free = new ArrayList<>();
    while (free.size() < count) {
      int port = 21_000 + PORTS.getAndIncrement() % 1000;
      try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getByName("0.0.0.0"))) {
        free.add(port);
      } catch (IOException taken) {
        // The next one.
      }
    }
    return free;
  }

  /// Waits for one that leads.
  TestMember leader() {
    await().atMost(TestMember.PATIENCE).until(() -> members.stream().anyMatch(this::leads));
    return members.stream().filter(this::leads).findFirst().orElseGet(this::leader);
  }

  /// Lets a member lead; waits until it does.
  void handOverTo(TestMember next) {
    await().atMost(TestMember.PATIENCE).until(() -> next.isLeading() || moved(next));
    await().atMost(TestMember.PATIENCE).until(next::isLeading);
  }

  private static boolean moved(TestMember next) {
    CompletableFuture<Void> moved = next.cluster.moveLeader(next.id()).toCompletableFuture();
    return moved.handle((nothing, failure) -> failure == null).join();
  }

  private boolean leads(TestMember member) {
    return member.isLeading();
  }

  // ---- several shards ----

  /// Those of a shard.
  List<TestMember> shard(int number) {
    return members.stream().filter(member -> member.cluster.view().own() == number).toList();
  }

  /// Waits for one that leads a shard.
  TestMember leader(int number) {
    await().atMost(TestMember.PATIENCE).until(() -> shard(number).stream().anyMatch(this::leads));
    return shard(number).stream().filter(this::leads).findFirst().orElseGet(() -> leader(number));
  }

  /// Writes, by whoever leads a shard; returns when a majority of it has it.
  void write(int number, String key, String value) {
    await()
        .atMost(TestMember.PATIENCE)
        .until(() -> shard(number).stream().anyMatch(member -> member.wrote(key, value)));
  }

  /// Waits until all members tell the same of all shards, and that one of them leads each.
  ///
  /// - `count`: of members.
  ClusterView awaitAgreed(int count) {
    await().atMost(TestMember.PATIENCE).until(() -> agree(count));
    return members.getFirst().cluster.view();
  }

  private boolean agree(int count) {
    List<List<String>> told = members.stream().map(TestCluster::told).distinct().toList();
    ClusterView view = members.getFirst().cluster.view();
    return told.size() == 1
        && view.members().size() == count
        && view.shards().stream().allMatch(this::isLed);
  }

  /// By one that is there.
  private boolean isLed(ShardView shard) {
    return members.stream().anyMatch(each -> shard.isLeader(each.cluster.view().self()));
  }

  /// What a member tells of who has which slots, who is where, and who leads.
  private static List<String> told(TestMember member) {
    ClusterView view = member.cluster.view();
    List<String> told = new ArrayList<>();
    for (int number = 0; number < view.shards().size(); number++) {
      ShardView shard = view.shards().get(number);
      Member leader = shard.leader();
      told.add(shard.id() + view.slots().ranges(number) + (leader == null ? "" : leader.id()));
      shard.members().forEach(each -> told.add(each.id() + each.voting()));
    }
    return told;
  }

  /// Writes, by whoever leads; returns when a majority has it.
  void write(String key, String value) {
    if (!isWritten(key, value)) {
      await().atMost(TestMember.PATIENCE).until(() -> isWritten(key, value));
    }
  }

  private boolean isWritten(String key, String value) {
    return members.stream().anyMatch(member -> member.wrote(key, value));
  }

  List<TestMember> followers() {
    return members.stream().filter(member -> !member.isLeading()).toList();
  }

  /// Waits until all have what the leader has.
  void awaitEqual() {
    TestMember leader = leader();
    long tail = leader.engine.log().durable();
    for (TestMember member : members) {
      await().atMost(TestMember.PATIENCE).until(() -> member.engine.log().durable() >= tail);
      assertThat(member.engine.size(0)).isEqualTo(leader.engine.size(0));
    }
  }

  /// Does something with all members at once.
  void all(Consumer<TestMember> action) {
    List<Thread> threads =
        members.stream().map(each -> Thread.startVirtualThread(() -> action.accept(each))).toList();
    boolean interrupted = false;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    partition.heal();
    all(TestMember::abandon);
    partition.close();
  }
}
