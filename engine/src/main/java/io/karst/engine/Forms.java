package io.karst.engine;

import io.karst.memory.Record;
import io.karst.value.ElementTable;
import io.karst.value.StringEncoding;
import io.karst.value.ValueType;

/// The forms in which a value is held, by the names Redis has for its own that are most like them.
final class Forms {
  private static final String PACKED = "listpack";
  private static final String TABLE = "hashtable";

  private Forms() {}

  static String redisName(long record, Engine engine) {
    return switch (ValueType.of(Record.type(record))) {
      case STRING -> StringEncoding.of(Record.value(record), Record.raw(record)).redisName();
      case HASH -> hash(record, engine);
      case SET -> Record.numbers(record) ? "intset" : Record.isObject(record) ? TABLE : PACKED;
      case SORTED_SET -> Record.isObject(record) ? "skiplist" : PACKED;
      case LIST -> Record.isObject(record) ? "quicklist" : PACKED;
      case STREAM -> "stream";
    };
  }

  private static String hash(long record, Engine engine) {
    if (!Record.isObject(record)) {
      return PACKED;
    }
    ElementTable fields = (ElementTable) engine.values().of(record);
    return fields.expires() && fields.count() <= engine.encodings().hashEntriesMax()
        ? "listpackex"
        : TABLE;
  }
}
