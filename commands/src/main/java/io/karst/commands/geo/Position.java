package io.karst.commands.geo;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.SortedSetView;
import io.karst.engine.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// `GEOPOS`, `GEOHASH`: the places of members, as coordinates or as the text that maps know.
@AutoService(Operation.class)
public final class Position implements Operation {
  private static final String COMPLEXITY = "O(1) for each member";
  private static final String ALPHABET = "0123456789bcdefghjkmnpqrstuvwxyz";

  /// Of the text; 52 bits are ten letters and two bits, and the last letter is always `0`.
  private static final int LENGTH = 11;

  private static final int BITS_PER_LETTER = 5;

  /// The text is of a grid that reaches to the poles.
  private static final double POLE = 90;

  @Override
  public List<Command> commands() {
    return List.of(
        read(
                "GEOPOS key [member [member ...]]",
                "3.2.0",
                "Tells longitude and latitude of members.",
                (tx, args) -> each(tx, args, Reply.NIL_ARRAY, Place::reply))
            .complexity(COMPLEXITY),
        read(
                "GEOHASH key [member [member ...]]",
                "3.2.0",
                "Tells the geohash of members as text.",
                (tx, args) -> each(tx, args, Reply.NIL, Position::text))
            .complexity(COMPLEXITY));
  }

  private static Reply each(Tx tx, Args args, Reply none, Function<Place, Reply> view) {
    SortedSetView set = tx.sortedSet(args.key(1));
    List<Reply> replies = new ArrayList<>(args.count() - 2);
    for (int i = 2; i < args.count(); i++) {
      double score = set.score(args.bytes(i));
      replies.add(Double.isNaN(score) ? none : view.apply(Cell.ofScore(score).center()));
    }
    return new Reply.Array(replies);
  }

  private static Reply text(Place place) {
    long number = Cell.of(place, POLE, Cell.STEPS_MAX).number();
    byte[] text = new byte[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      int shift = 2 * Cell.STEPS_MAX - (i + 1) * BITS_PER_LETTER;
      text[i] = (byte) ALPHABET.charAt(shift < 0 ? 0 : (int) (number >>> shift) & 31);
    }
    return new Reply.Bulk(Bytes.of(text));
  }
}
