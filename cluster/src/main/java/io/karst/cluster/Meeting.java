package io.karst.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How a member finds its cluster, or forms one with others.
///
/// Each member greets the servers at its seeds, again and again, and tells whom it has met there.
///
/// - When all of them have met the same ones, itself among them, and none has a cluster, they are
///   one: each comes to that by itself, and all to the same cluster, as its id is made of theirs. A
///   few of them may be sooner than the others; who finds itself among those a cluster was formed
///   with is one of it. Which shards they form is said by [Founding].
/// - When one of them has a cluster already, a newcomer joins that: it starts empty, and asks for
///   a place in it.
///
/// Thread: `karst-cluster`.
final class Meeting {
  private static final Logger LOG = LoggerFactory.getLogger(Meeting.class);

  /// What a member does once it knows its cluster.
  interface Outcome {
    /// It is one of the first members of a cluster.
    void belongs(String clusterId, List<Founder> founders) throws IOException;

    /// It is none yet; the meta group's leader has to be asked.
    void joins(String clusterId) throws IOException;
  }

  private final ClusterOptions options;
  private final Identity identity;
  private final Doorman doorman;
  private final Outcome outcome;
  private volatile List<String> met = List.of();

  Meeting(ClusterOptions options, Identity identity, Doorman doorman, Outcome outcome) {
    this.options = options;
    this.identity = identity;
    this.doorman = doorman;
    this.outcome = outcome;
  }

  /// The ids of the servers at all seeds; empty if one has not answered. Any thread.
  List<String> met() {
    return met;
  }

  /// Greets all, and does what follows from their answers.
  void round() throws IOException, InterruptedException {
    Map<String, Greeting> greetings = greetSeeds();
    List<Greeting> formed = greetings.values().stream().filter(Greeting::formed).toList();
    if (!formed.isEmpty()) {
      join(formed);
      return;
    }
    if (greetings.size() < options.seeds().size()) {
      met = List.of();
      return;
    }
    met = greetings.values().stream().map(each -> each.self().id()).distinct().sorted().toList();
    if (haveMet(greetings)) {
      form(greetings);
    }
  }

  /// Who answers at the seeds, by address.
  Map<String, Greeting> greetSeeds() throws InterruptedException {
    Set<String> addresses = new HashSet<>(options.seeds());
    return greet(addresses);
  }

  /// Greets several at once; leaves those out that do not answer.
  Map<String, Greeting> greet(Set<String> addresses) throws InterruptedException {
    String clusterId = identity.clusterId();
    Map<String, CompletableFuture<Greeting>> asked = new LinkedHashMap<>();
    for (String address : addresses) {
      asked.put(address, doorman.greet(address, clusterId == null ? "" : clusterId));
    }
    Map<String, Greeting> greetings = new LinkedHashMap<>();
    for (Map.Entry<String, CompletableFuture<Greeting>> each : asked.entrySet()) {
      Greeting greeting = answer(each.getValue());
      if (greeting != null) {
        greetings.put(each.getKey(), greeting);
      }
    }
    return greetings;
  }

  private static @Nullable Greeting answer(CompletableFuture<Greeting> asked)
      throws InterruptedException {
    try {
      return asked.get();
    } catch (ExecutionException silent) {
      return null;
    }
  }

  private void join(List<Greeting> formed) throws IOException {
    List<String> clusters = formed.stream().map(Greeting::clusterId).distinct().toList();
    if (clusters.size() > 1) {
      doorman.suspect(
          "seeds", "The servers at the seeds belong to different clusters; this one joins none");
      return;
    }
    for (Greeting greeting : formed) {
      if (greeting.foundedWith(identity.id())) {
        outcome.belongs(greeting.clusterId(), greeting.founders());
        return;
      }
    }
    outcome.joins(clusters.getFirst());
  }

  /// Whether all have met the same ones, and mean to form the same.
  private boolean haveMet(Map<String, Greeting> greetings) {
    if (!met.contains(identity.id()) || met.size() < options.seeds().size()) {
      return false;
    }
    for (Greeting greeting : greetings.values()) {
      if (greeting.votersMax() != options.votersMax()) {
        doorman.suspect(
            Peers.address(greeting.self()),
            "The servers at the seeds disagree about how many members are to vote");
        return false;
      }
      if (!greeting.self().id().equals(identity.id()) && !greeting.met().equals(met)) {
        return false;
      }
    }
    return true;
  }

  private void form(Map<String, Greeting> greetings) throws IOException {
    List<Member> members = new ArrayList<>();
    greetings.values().forEach(greeting -> members.add(greeting.self()));
    List<Founder> founders = Founding.of(members, options.votersMax());
    String clusterId = Secret.clusterId(met);
    LOG.info("The members have met, and form cluster {}", clusterId);
    outcome.belongs(clusterId, founders);
  }
}
