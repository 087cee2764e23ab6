package io.karst.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.CommandException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardTest {
  private final Config config = Config.defaults();
  private final List<String> calls = new ArrayList<>();

  @Test
  void everybodyAgreesBeforeAnythingChanges() {
    config.guard(List.of(ClientDirectives.TIMEOUT), guard("first", false));
    config.guard(List.of(ClientDirectives.MAXCLIENTS), guard("second", false));
    config.set(List.of("timeout", "5", "maxclients", "7"));
    assertThat(calls)
        .containsExactly("first sees 5", "second sees 5", "first commits", "second commits");
  }

  @Test
  void oneThatRefusesUndoesTheOthers() {
    config.guard(List.of(ClientDirectives.TIMEOUT), guard("first", false));
    config.guard(List.of(ClientDirectives.MAXCLIENTS), guard("second", true));
    assertThatThrownBy(() -> config.set(List.of("timeout", "5", "maxclients", "7")))
        .isInstanceOf(CommandException.class)
        .hasMessage("ERR CONFIG SET failed (possibly related to argument 'maxclients') - not now");
    assertThat(calls).containsExactly("first sees 5", "first cancels");
    assertThat(config.value(ClientDirectives.TIMEOUT)).isZero();
    assertThat(config.value(ClientDirectives.MAXCLIENTS)).isEqualTo(10_000);
  }

  @Test
  void oneIsAskedAlsoWhenTheValueStays() {
    config.guard(List.of(ClientDirectives.TIMEOUT), guard("first", false));
    config.set(List.of("timeout", "0"));
    config.set(List.of("maxclients", "9"));
    assertThat(calls).containsExactly("first sees 0", "first commits");
  }

  private Guard guard(String name, boolean refuses) {
    return next -> {
      if (refuses) {
        throw new BadValueException("not now");
      }
      calls.add(name + " sees " + next.value(ClientDirectives.TIMEOUT));
      return new Guard.Change() {
        @Override
        public void commit() {
          calls.add(name + " commits");
        }

        @Override
        public void cancel() {
          calls.add(name + " cancels");
        }
      };
    };
  }
}
