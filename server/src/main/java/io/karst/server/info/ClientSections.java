package io.karst.server.info;

import io.karst.commands.Reply;
import io.karst.engine.Counters.Counter;
import io.karst.engine.Engine;
import io.karst.lsm.TierStatus;
import io.karst.server.acl.Denial;
import io.karst.server.acl.DenialLog;
import io.karst.server.config.ClientDirectives;
import io.karst.server.messages.Exchange;
import io.karst.server.messages.Kind;
import io.karst.server.messages.Tracking;
import io.karst.server.session.BlockedCall;
import io.karst.server.session.Rates;
import io.karst.server.session.Server;
import io.karst.server.session.Session;
import io.karst.server.session.Stats;

/// `Clients` and `Stats`: who is connected, and what has been done for them.
final class ClientSections {
  private ClientSections() {}

  static void clients(Server server, InfoText text) {
    Largest largest = new Largest();
    server.sessions().forEach(largest::add);
    text.field("connected_clients", server.sessions().count());
    text.field("cluster_connections", 0);
    text.field("maxclients", server.config().value(ClientDirectives.MAXCLIENTS));
    text.field("client_recent_max_input_buffer", largest.input);
    text.field("client_recent_max_output_buffer", largest.output);
    int blocked = server.signal().waiting() + server.engine().waiters().count();
    text.field("blocked_clients", blocked);
    text.field("tracking_clients", server.tracking().clients());
    text.field("pubsub_clients", server.exchange().subscribers());
    text.field("watching_clients", server.engine().watches().watchers());
    text.field("clients_in_timeout_table", largest.timed);
    text.field("total_watched_keys", server.engine().watches().keys());
    text.field("total_blocking_keys", server.engine().waiters().keys());
    text.field("total_blocking_keys_on_nokey", server.engine().waiters().keysWhenGone());
  }

  static void stats(Server server, InfoText text) {
    Stats stats = server.stats();
    Rates rates = server.rates();
    Engine engine = server.engine();
    text.field("total_connections_received", stats.connectionsReceived());
    text.field("total_commands_processed", stats.commandsProcessed());
    text.field("instantaneous_ops_per_sec", Math.round(rates.commandsPerSecond()));
    text.field("total_net_input_bytes", stats.netInputBytes());
    text.field("total_net_output_bytes", stats.netOutputBytes());
    text.ratio("instantaneous_input_kbps", rates.bytesInPerSecond() / 1024);
    text.ratio("instantaneous_output_kbps", rates.bytesOutPerSecond() / 1024);
    FixedSections.replicationStats(text);
    text.field("total_reads_processed", stats.reads());
    text.field("total_writes_processed", stats.writes());
    text.field("client_query_buffer_limit_disconnections", stats.cutForInput());
    text.field("client_output_buffer_limit_disconnections", stats.cutForOutput());
    text.field("rejected_connections", stats.connectionsRejected());
    denials(server.access().log(), text);
    text.field("expired_keys", engine.count(Counter.EXPIRED));
    text.field("expired_subkeys", engine.count(Counter.EXPIRED_ELEMENTS));
    text.field("expired_time_cap_reached_count", 0); // There is no cap.
    text.field("expire_cycle_cpu_milliseconds", engine.work().expiryNanos() / 1_000_000);
    text.field("evicted_keys", engine.count(Counter.EVICTED));
    text.field("spilled_keys", engine.count(Counter.SPILLED));
    text.field("evicted_clients", server.clientEviction().evicted());
    text.field("total_eviction_exceeded_time", engine.eviction().exceededMillis());
    text.field("current_eviction_exceeded_time", engine.eviction().exceededNowMillis());
    text.field("keyspace_hits", engine.count(Counter.HITS));
    text.field("keyspace_misses", engine.count(Counter.MISSES));
    if (engine.tiered()) {
      TierStatus tier = engine.diskStatus().tier();
      text.field("lsm_cache_hits", tier.hits());
      text.field("lsm_cache_misses", tier.misses());
    }
    Exchange exchange = server.exchange();
    text.field("pubsub_channels", exchange.count(Kind.CHANNEL));
    text.field("pubsub_patterns", exchange.count(Kind.PATTERN));
    text.field("pubsubshard_channels", exchange.count(Kind.SHARD_CHANNEL));
    text.field("latest_fork_usec", 0);
    text.field("total_forks", 0);
    Tracking tracking = server.tracking();
    text.field("tracking_total_keys", tracking.keys());
    text.field("tracking_total_items", tracking.items());
    text.field("tracking_total_prefixes", tracking.prefixes());
    text.field("unexpected_error_replies", 0);
    ScriptFigures.stats(server, text);
    text.field("total_error_replies", stats.errorReplies());
  }

  private static void denials(DenialLog log, InfoText text) {
    text.field("acl_access_denied_auth", log.count(Denial.Reason.AUTH));
    text.field("acl_access_denied_cmd", log.count(Denial.Reason.COMMAND));
    text.field("acl_access_denied_key", log.count(Denial.Reason.KEY));
    text.field("acl_access_denied_channel", log.count(Denial.Reason.CHANNEL));
  }

  private static final class Largest {
    private long input;
    private long output;

    /// How many wait for a key until a time.
    private int timed;

    private void add(Session session) {
      input = Math.max(input, session.queryBufferSize());
      output = Math.max(output, session.outputBufferSize());
      BlockedCall blocked = session.blocked();
      timed += blocked != null && blocked.deadlineMillis() != Reply.Blocked.FOREVER ? 1 : 0;
    }
  }
}
