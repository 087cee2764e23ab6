package io.karst.server.session;

import io.karst.base.Invariant;
import io.karst.commands.Body;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.engine.Need;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the dispatcher asks about a command, answered beforehand. Immutable.
final class Route {
  final Command command;

  /// [Command#index].
  final int index;

  /// The body; one of the two is there.
  final Body.@Nullable OnKeys onKeys;

  final @Nullable SessionBody onSession;

  final boolean writes;

  /// Whether it is refused when memory is short.
  final boolean deniesOom;

  final Need need;

  final boolean beforeAuthentication;
  final boolean locksAll;

  /// Whether it names keys, whose slots are locked; a command that works on the keyspace without
  /// naming keys locks what it needs itself.
  final boolean keyed;

  /// Whether its keys are words `firstKey` to `lastKey`, every `keyStep`th.
  final boolean keysInRange;

  final int firstKey;
  final int lastKey;
  final int keyStep;

  /// Whether reads note the access even if the client asked otherwise: that is what it is for.
  final boolean touches;

  Route(Command command) {
    this.command = command;
    index = command.index();
    onKeys = command.body() instanceof Body.OnKeys body ? body : null;
    onSession = command.body() instanceof SessionBody body ? body : null;
    Invariant.check(
        onKeys != null || onSession != null, () -> "nobody can run the body of " + command);
    writes = command.has(Flag.WRITE);
    deniesOom = command.has(Flag.DENY_OOM);
    need = deniesOom ? Need.GROW : writes ? Need.CHANGE : Need.READ;
    beforeAuthentication = command.has(Flag.NO_AUTH);
    locksAll = command.isLockingAll();
    keysInRange = !command.has(Flag.MOVABLE_KEYS);
    keyed = command.firstKey() > 0 || !keysInRange;
    firstKey = command.firstKey();
    lastKey = command.lastKey();
    keyStep = Math.max(command.keyStep(), 1);
    touches = "touch".equals(command.fullName());
  }

  /// The body, of a command on keys.
  Body.OnKeys body() {
    return Objects.requireNonNull(onKeys);
  }
}
