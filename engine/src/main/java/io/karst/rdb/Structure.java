package io.karst.rdb;

import io.karst.value.RdbReader;
import io.karst.value.RdbStringCodec;
import io.karst.value.RdbType;

/// Goes past the value of an entry, of any type there is, without knowing what it means. What is
/// packed (a ziplist, a listpack, a set of integers, a zipmap) is one string here.
///
/// Cost: a step an element; memory for none of it. Ends with the input whatever that claims, as
/// there is no element without bytes.
///
/// Format: docs/formats/rdb.md §4.
final class Structure {
  private static final int STREAM_ID_SIZE = 2 * Long.BYTES;

  /// A length that says what a sorted set's score in decimal is instead: NaN, or infinite.
  private static final int SPECIAL_SCORE_MIN = 253;

  private static final int MODULE_END = 0;
  private static final int MODULE_SIGNED = 1;
  private static final int MODULE_UNSIGNED = 2;
  private static final int MODULE_FLOAT = 3;
  private static final int MODULE_DOUBLE = 4;
  private static final int MODULE_STRING = 5;

  private Structure() {}

  static void skip(RdbReader in, RdbType type) {
    switch (type) {
      case STRING,
          HASH_ZIPMAP,
          LIST_ZIPLIST,
          SET_INTSET,
          SORTED_SET_ZIPLIST,
          HASH_ZIPLIST,
          HASH_LISTPACK,
          SORTED_SET_LISTPACK,
          SET_LISTPACK,
          HASH_LISTPACK_EXPIRING_PREVIEW ->
          string(in);
      case LIST, SET, LIST_QUICKLIST -> repeat(in, Structure::string);
      case HASH -> repeat(in, Structure::pair);
      case SORTED_SET -> repeat(in, Structure::memberAndText);
      case SORTED_SET_2 -> repeat(in, Structure::memberAndDouble);
      case LIST_QUICKLIST_2 -> repeat(in, Structure::node);
      case HASH_EXPIRING_PREVIEW -> repeat(in, Structure::expiringPair);
      case HASH_EXPIRING -> {
        in.skip(Long.BYTES);
        repeat(in, Structure::expiringPair);
      }
      case HASH_LISTPACK_EXPIRING -> {
        in.skip(Long.BYTES);
        string(in);
      }
      case SET_EXPIRING -> repeat(in, Structure::memberAndExpiry);
      case SORTED_SET_EXPIRING -> repeat(in, Structure::memberAndDoubleAndExpiry);
      case STREAM -> stream(in, 1);
      case STREAM_2 -> stream(in, 2);
      case STREAM_3 -> stream(in, 3);
      case STREAM_4 -> {
        stream(in, 4);
        producersOfRedis(in);
      }
      case STREAM_5 -> {
        stream(in, 5);
        producersOfRedis(in);
      }
      case STREAM_PRODUCED -> {
        stream(in, 3);
        producers(in);
      }
      case MODULE_2 -> module(in);
      case MODULE -> throw in.malformed("a value that only the module that wrote it can read");
      case ARRAY,
          HASH_TEMPLATE_LISTPACK,
          HASH_TEMPLATE_LISTPACK_BY_NAME,
          HASH_TEMPLATE,
          HASH_TEMPLATE_BY_NAME,
          RATE_LIMIT ->
          throw in.malformed("a value of a form that is not known to this build");
    }
  }

  /// What a module wrote, a value or what it keeps beside the keys: its identity, then pieces that
  /// say what they are.
  static void module(RdbReader in) {
    in.readNumber();
    pieces(in);
  }

  private static void pieces(RdbReader in) {
    for (long piece = in.readNumber(); piece != MODULE_END; piece = in.readNumber()) {
      switch (Math.clamp(piece, -1, MODULE_STRING + 1)) {
        case MODULE_SIGNED, MODULE_UNSIGNED -> in.readNumber();
        case MODULE_FLOAT -> in.skip(Float.BYTES);
        case MODULE_DOUBLE -> in.skip(Double.BYTES);
        case MODULE_STRING -> string(in);
        default -> throw in.malformed("a piece of a module's data of a kind there is none of");
      }
    }
  }

  /// What modules keep beside the key of the entry that follows.
  static void keyMetadata(RdbReader in) {
    repeat(in, Structure::metadataOfModule);
  }

  private static void metadataOfModule(RdbReader in) {
    in.skip(Integer.BYTES); // What it is.
    pieces(in);
  }

  private interface Part {
    void skip(RdbReader in);
  }

  /// A count, and as many of `part`.
  private static void repeat(RdbReader in, Part part) {
    for (long left = in.readLength(Long.MAX_VALUE); left > 0; left--) {
      part.skip(in);
    }
  }

  private static void string(RdbReader in) {
    RdbStringCodec.skip(in);
  }

  private static void pair(RdbReader in) {
    string(in);
    string(in);
  }

  private static void expiringPair(RdbReader in) {
    in.readNumber();
    pair(in);
  }

  private static void memberAndText(RdbReader in) {
    string(in);
    int length = in.readByte();
    in.skip(length < SPECIAL_SCORE_MIN ? length : 0);
  }

  private static void memberAndDouble(RdbReader in) {
    string(in);
    in.skip(Double.BYTES);
  }

  private static void memberAndExpiry(RdbReader in) {
    string(in);
    in.skip(Long.BYTES);
  }

  private static void memberAndDoubleAndExpiry(RdbReader in) {
    memberAndDouble(in);
    in.skip(Long.BYTES);
  }

  private static void node(RdbReader in) {
    in.readNumber();
    string(in);
  }

  // ---- streams ----

  private static void stream(RdbReader in, int form) {
    repeat(in, Structure::pair); // The listpacks, each after the id of its first entry.
    in.readNumber(); // The number of entries.
    id(in); // The last id.
    if (form >= 2) {
      id(in); // The first id.
      id(in); // The largest id that was deleted.
      in.readNumber(); // The number of entries there ever were.
    }
    Part group =
        switch (form) {
          case 1 -> Structure::group1;
          case 2 -> Structure::group2;
          case 3, 4 -> Structure::group3;
          default -> Structure::group5;
        };
    repeat(in, group);
  }

  private static void producersOfRedis(RdbReader in) {
    in.readNumber(); // For how long tokens are remembered.
    in.readNumber(); // How many of a producer.
    repeat(in, Structure::producer);
    in.readNumber(); // How many there ever were.
    in.readNumber(); // How many were there already.
  }

  private static void producer(RdbReader in) {
    string(in);
    repeat(in, Structure::tokenOfRedis);
  }

  private static void tokenOfRedis(RdbReader in) {
    string(in);
    id(in);
  }

  private static void producers(RdbReader in) {
    if (in.readNumber() == 0) {
      return;
    }
    in.readNumber(); // For how long tokens are remembered.
    in.readNumber(); // How many of a producer.
    in.readNumber(); // How many there ever were.
    in.readNumber(); // How many were there already.
    repeat(in, Structure::token);
  }

  private static void token(RdbReader in) {
    pair(in); // Producer and token.
    id(in);
    in.skip(Long.BYTES); // When it was added.
  }

  private static void group1(RdbReader in) {
    string(in);
    id(in);
    repeat(in, Structure::pending);
    repeat(in, Structure::consumer);
  }

  private static void group2(RdbReader in) {
    string(in);
    id(in);
    in.readNumber(); // The number of entries read.
    repeat(in, Structure::pending);
    repeat(in, Structure::consumer);
  }

  private static void group3(RdbReader in) {
    string(in);
    id(in);
    in.readNumber();
    repeat(in, Structure::pending);
    repeat(in, Structure::activeConsumer);
  }

  private static void group5(RdbReader in) {
    group3(in);
    repeat(in, Structure::pendingId); // Those that were given back.
  }

  private static void pending(RdbReader in) {
    in.skip(STREAM_ID_SIZE + Long.BYTES); // The id and the time of delivery.
    in.readNumber(); // The number of deliveries.
  }

  private static void consumer(RdbReader in) {
    string(in);
    in.skip(Long.BYTES); // The time it was seen last.
    repeat(in, Structure::pendingId);
  }

  private static void activeConsumer(RdbReader in) {
    string(in);
    in.skip(2 * Long.BYTES); // The times it was seen and was active last.
    repeat(in, Structure::pendingId);
  }

  private static void pendingId(RdbReader in) {
    in.skip(STREAM_ID_SIZE);
  }

  private static void id(RdbReader in) {
    in.readNumber();
    in.readNumber();
  }
}
