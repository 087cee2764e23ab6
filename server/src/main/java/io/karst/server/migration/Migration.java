package io.karst.server.migration;

import io.karst.base.Clock;
import io.karst.commands.Reply;
import io.karst.keyspace.Key;
import io.karst.server.session.Server;
import io.karst.server.session.Session;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Takes keys to another server.
///
/// *How.* Some keys at a time are packed, each under its lock, and sent together. Each that is
/// acknowledged is deleted here, in a transaction that does so only if it is what was packed.
/// Otherwise it is sent once more, to replace what it is there, or its deletion is, until nobody
/// has changed it on the way.
///
/// *Promises.* A key is deleted here only when the target has acknowledged exactly that value, so
/// whatever ends in between, each key is here, or there, or at both places. Who looks at both sees
/// several keys go one after the other.
///
/// Thread: the one of the command, which blocks.
public final class Migration {
  private static final int PARCELS_MAX = 128;
  private static final long SIZE_MAX = 1 << 20;

  private final Session session;
  private final MigrationRequest request;
  private final Depot depot;
  private final Clock clock;
  private @Nullable Target target;

  /// The first error that a key was answered with; no more keys are sent then.
  private @Nullable RefusedException refusal;

  private Migration(Session session, MigrationRequest request, Depot depot) {
    this.session = session;
    this.request = request;
    this.depot = depot;
    clock = session.server().clock();
  }

  /// Does it, and returns the reply.
  ///
  /// - throws [io.karst.base.Fault] or [io.karst.lsm.DamagedException] if a key cannot be read or
  ///   deleted here.
  public static Reply run(Session session, MigrationRequest request) {
    try (Depot depot = new Depot(session)) {
      return new Migration(session, request, depot).run();
    }
  }

  private Reply run() {
    boolean found = false;
    Iterator<Key> keys = request.keys().iterator();
    try {
      while (keys.hasNext() && refusal == null) {
        List<Parcel> parcels = pack(keys);
        try {
          found |= !parcels.isEmpty();
          deliver(parcels, request.replaces());
        } finally {
          parcels.forEach(depot::forget);
        }
      }
    } catch (TargetException failed) {
      return new Reply.Err(failed.line());
    } catch (RefusedException refused) {
      return new Reply.Err(refused.line());
    } finally {
      if (target != null) {
        target.close();
      }
    }
    if (refusal != null) {
      return new Reply.Err(refusal.line());
    }
    return found ? Reply.OK : new Reply.Simple("NOKEY");
  }

  /// Packs the next keys that there are.
  private List<Parcel> pack(Iterator<Key> keys) {
    List<Parcel> parcels = new ArrayList<>();
    long size = 0;
    while (keys.hasNext() && parcels.size() < PARCELS_MAX && size < SIZE_MAX) {
      Parcel parcel = depot.pack(keys.next());
      if (parcel.isEmpty()) {
        depot.forget(parcel);
      } else {
        parcels.add(parcel);
        size += parcel.payload().length();
      }
    }
    return parcels;
  }

  private void deliver(List<Parcel> parcels, boolean replaces)
      throws TargetException, RefusedException {
    if (parcels.isEmpty()) {
      return;
    }
    Target to = target();
    for (Parcel parcel : parcels) {
      to.send(parcel, replaces);
    }
    to.flush();
    List<Parcel> changed = new ArrayList<>();
    for (Parcel parcel : parcels) {
      String error = to.refusal();
      if (error != null) {
        refusal = refusal == null ? RefusedException.byTarget(error) : refusal;
      } else if (!request.copies() && !depot.remove(parcel)) {
        changed.add(parcel);
      }
    }
    for (Parcel parcel : changed) {
      follow(to, parcel.key());
    }
  }

  /// Sends a key that was changed on the way until what is there is what it is here.
  private void follow(Target to, Key key) throws TargetException, RefusedException {
    long deadline = clock.monotonicNanos() + TimeUnit.MILLISECONDS.toNanos(request.timeoutMillis());
    boolean settled = false;
    while (!settled) {
      if (clock.monotonicNanos() - deadline > 0) {
        throw new RefusedException(
            "TRYAGAIN a key is changed all the time: it stays here, and what it was is there");
      }
      Parcel parcel = depot.pack(key);
      try {
        to.send(parcel, true);
        to.flush();
        String error = to.refusal();
        if (error != null) {
          throw RefusedException.byTarget(error);
        }
        settled = depot.remove(parcel);
      } finally {
        depot.forget(parcel);
      }
    }
  }

  private Target target() throws TargetException, RefusedException {
    if (target == null) {
      Server server = session.server();
      target = Target.connect(request, () -> !session.isOpen() || server.isEnding());
    }
    return target;
  }
}
