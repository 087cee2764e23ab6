package io.karst.commands.geo;

import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.engine.SortedSetView;
import io.karst.keyspace.Key;
import org.jspecify.annotations.Nullable;

/// What a search asks for besides the set. Read whole before anything is looked for.
final class SearchRequest {
  /// In which order members are answered.
  enum Order {
    NONE,
    ASCENDING,
    DESCENDING
  }

  /// Which of the commands asks.
  enum Kind {
    /// `GEORADIUS`, `GEORADIUSBYMEMBER`.
    RADIUS,
    /// The same with `_RO`.
    RADIUS_READ_ONLY,
    SEARCH,
    SEARCH_AND_STORE;

    boolean isSearch() {
      return this == SEARCH || this == SEARCH_AND_STORE;
    }
  }

  private final Kind kind;

  /// The set the search is in; members are looked up there.
  private final SortedSetView set;

  @Nullable Place center;
  Area.@Nullable Extent extent;
  @Nullable Key target;
  private boolean fromMember;
  private boolean fromPlace;
  private boolean storesDistances;
  private boolean withPlace;
  private boolean withDistance;
  private boolean withScore;
  private boolean any;
  private long count;
  private Order order = Order.NONE;

  SearchRequest(Kind kind, SortedSetView set) {
    this.kind = kind;
    this.set = set;
  }

  /// Reads the options from word `from` on.
  SearchRequest read(Args args, int from) {
    int i = from;
    while (i < args.count()) {
      int words = option(args, i);
      if (words == 0) {
        words = kind.isSearch() ? shape(args, i) : target(args, i);
      }
      if (words == 0) {
        throw CommandException.syntax();
      }
      i += words;
    }
    check(args);
    return this;
  }

  /// Takes what all commands know; returns how many words that was, 0 if it is none of these.
  private int option(Args args, int i) {
    if (args.is(i, "WITHDIST")) {
      withDistance = true;
    } else if (args.is(i, "WITHHASH")) {
      withScore = true;
    } else if (args.is(i, "WITHCOORD")) {
      withPlace = true;
    } else if (args.is(i, "ANY")) {
      any = true;
    } else if (args.is(i, "ASC")) {
      order = Order.ASCENDING;
    } else if (args.is(i, "DESC")) {
      order = Order.DESCENDING;
    } else if (args.is(i, "COUNT") && i + 1 < args.count()) {
      count = args.int64(i + 1);
      if (count <= 0) {
        throw CommandException.err("COUNT must be > 0");
      }
      return 2;
    } else {
      return 0;
    }
    return 1;
  }

  private int target(Args args, int i) {
    boolean distances = args.is(i, "STOREDIST");
    if (kind != Kind.RADIUS || !(distances || args.is(i, "STORE")) || i + 1 >= args.count()) {
      return 0;
    }
    target = args.key(i + 1);
    storesDistances = distances;
    return 2;
  }

  private int shape(Args args, int i) {
    int left = args.count() - i - 1;
    if (args.is(i, "FROMMEMBER") && left >= 1 && !fromPlace) {
      if (set.exists()) {
        center = placeOf(set, args, i + 1);
      }
      fromMember = true;
      return 2;
    }
    if (args.is(i, "FROMLONLAT") && left >= 2 && !fromMember) {
      center = Place.read(args, i + 1);
      fromPlace = true;
      return 3;
    }
    if (args.is(i, "BYRADIUS") && left >= 2 && (extent == null || !extent.isBox())) {
      extent = Area.Extent.circle(args, i + 1);
      return 3;
    }
    if (args.is(i, "BYBOX") && left >= 3 && (extent == null || extent.isBox())) {
      extent = Area.Extent.box(args, i + 1);
      return 4;
    }
    if (kind == Kind.SEARCH_AND_STORE && args.is(i, "STOREDIST")) {
      storesDistances = true;
      return 1;
    }
    return 0;
  }

  /// The place of the member that word `index` names.
  static Place placeOf(SortedSetView set, Args args, int index) {
    double score = set.score(args.bytes(index));
    if (Double.isNaN(score)) {
      throw CommandException.err("could not decode requested zset member");
    }
    return Cell.ofScore(score).center();
  }

  private void check(Args args) {
    if ((target != null || kind == Kind.SEARCH_AND_STORE) && isDetailed()) {
      String option = kind.isSearch() ? "GEOSEARCHSTORE" : "STORE option in GEORADIUS";
      throw CommandException.err(
          option + " is not compatible with WITHDIST, WITHHASH and WITHCOORD options");
    }
    if (kind.isSearch() && !fromMember && !fromPlace) {
      throw CommandException.err(
          "exactly one of FROMMEMBER or FROMLONLAT can be specified for " + args.bytes(0).utf8());
    }
    if (kind.isSearch() && extent == null) {
      throw CommandException.err(
          "exactly one of BYRADIUS and BYBOX can be specified for " + args.bytes(0).utf8());
    }
    if (any && count == 0) {
      throw CommandException.err("the ANY argument requires COUNT argument");
    }
  }

  /// The area to search; null if the set that its centre is a member of is not there.
  @Nullable Area area() {
    return center == null || extent == null ? null : extent.around(center);
  }

  boolean storesDistances() {
    return storesDistances;
  }

  /// Whether more than the members is asked for.
  boolean isDetailed() {
    return withPlace || withDistance || withScore;
  }

  boolean withPlace() {
    return withPlace;
  }

  boolean withDistance() {
    return withDistance;
  }

  boolean withScore() {
    return withScore;
  }

  boolean any() {
    return any;
  }

  /// At most how many members are answered.
  long count() {
    return count == 0 ? Long.MAX_VALUE : count;
  }

  /// A count without an order means the nearest, unless any will do.
  Order order() {
    return order == Order.NONE && count != 0 && !any ? Order.ASCENDING : order;
  }
}
