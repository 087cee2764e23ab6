package io.karst.commands.stream;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.KeyEvent;
import io.karst.engine.Production;
import io.karst.engine.StreamCut;
import io.karst.engine.StreamView;
import io.karst.engine.Tx;
import io.karst.value.StreamId;
import io.karst.value.StreamProducers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `XADD`: add an entry behind all others, and trim the stream if asked to.
///
/// An id may be left to the server whole (`*`), or but for its milliseconds (`ms-*`). A producer
/// that names itself and its entry (`IDMP`) may send it again: it is added once, and its id
/// answered.
@AutoService(Operation.class)
public final class Append implements Operation {
  private static final long SIZE_MAX = 1 << 30;

  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "XADD key [NOMKSTREAM] [KEEPREF | DELREF | ACKED] [IDMPAUTO producer-id | IDMP"
                    + " producer-id idempotent-id] [<MAXLEN | MINID> [= | ~] threshold [LIMIT"
                    + " count]] <* | id> field value [field value ...]",
                "5.0.0",
                "Adds an entry to a stream, which is made if there is none.",
                Append::append)
            .denyOom()
            .fast()
            .tips("nondeterministic_output")
            .complexity("O(1), and O(N) if N entries are trimmed")
            .history("6.2.0", "Takes `NOMKSTREAM`, `MINID` and `LIMIT`.")
            .history("7.0.0", "Takes ids of the form `<ms>-*`.")
            .history("8.2.0", "Takes `KEEPREF`, `DELREF` and `ACKED`.")
            .history("8.6.0", "Takes `IDMP` and `IDMPAUTO`."));
  }

  private static Reply append(Tx tx, Args args) {
    Trimming trimming = new Trimming();
    ProducerOption producer = new ProducerOption();
    boolean makes = true;
    int at = 2;
    while (at < args.count() && !args.is(at, "*")) {
      int next = trimming.read(args, at);
      next = next == at ? producer.read(args, at) : next;
      if (next == at) {
        if (!args.is(at, "NOMKSTREAM")) {
          break;
        }
        makes = false;
        next = at + 1;
      }
      at = next;
    }
    NewId form = NewId.of(args, at);
    producer.check(form);
    StreamCut cut = trimming.cut();
    int pairs = args.count() - at - 1;
    if (pairs < 2 || pairs % 2 != 0) {
      throw CommandException.err("wrong number of arguments for 'xadd' command");
    }
    form.check();
    StreamView stream = tx.streamForUpdate(args.key(1));
    if (!stream.exists() && !makes) {
      return Reply.NIL;
    }
    List<Bytes> words = words(args, at + 1);
    Production production = producer.production(words, tx.now());
    StreamId before = production == null ? null : known(tx, stream, production);
    if (before != null) {
      return Entries.id(before);
    }
    StreamId id = form.after(stream.lastId(), tx.now());
    if (production == null) {
      stream.append(id, words);
    } else {
      stream.append(id, words, production);
    }
    if (cut != null) {
      tx.acts(KeyEvent.XTRIM);
      Trim.trim(stream, cut, trimming.references());
    }
    return Entries.id(id);
  }

  /// The entry that a producer has added before, which counts as a duplicate then, or null.
  private static @Nullable StreamId known(Tx tx, StreamView stream, Production production) {
    StreamProducers producers = stream.producers();
    if (producers == null) {
      return null;
    }
    StreamId id = producers.find(production.producer(), production.token(), production.millis());
    if (id != null) {
      tx.acts(null); // Nothing has happened to what others see.
      stream.producers(
          producers.durationSeconds(), producers.tokensMax(), producers.duplicates() + 1);
    }
    return id;
  }

  private static List<Bytes> words(Args args, int from) {
    List<Bytes> words = new ArrayList<>(args.count() - from);
    long size = 0;
    for (int i = from; i < args.count(); i++) {
      words.add(args.bytes(i));
      size += args.bytes(i).length();
    }
    if (size > SIZE_MAX) {
      throw CommandException.err("Elements are too large to be stored");
    }
    return words;
  }
}
