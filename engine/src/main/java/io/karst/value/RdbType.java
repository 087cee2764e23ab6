package io.karst.value;

import org.jspecify.annotations.Nullable;

/// The types of values as RDB files and dump payloads have them: for most types of [ValueType]
/// several, one for each way Redis has kept them in memory.
///
/// Source: Redis, `src/rdb.h`, for the codes.
public enum RdbType {
  STRING(0, 1, "string"),
  LIST(1, 1, "list"),
  SET(2, 1, "set"),
  SORTED_SET(3, 1, "sorted set, scores as text"),
  HASH(4, 1, "hash"),
  SORTED_SET_2(5, 8, "sorted set"),
  MODULE(6, 8, "value of a module, without structure"),
  MODULE_2(7, 8, "value of a module"),
  HASH_ZIPMAP(9, 2, "hash as a zipmap"),
  LIST_ZIPLIST(10, 2, "list as a ziplist"),
  SET_INTSET(11, 2, "set of integers"),
  SORTED_SET_ZIPLIST(12, 2, "sorted set as a ziplist"),
  HASH_ZIPLIST(13, 4, "hash as a ziplist"),
  LIST_QUICKLIST(14, 7, "list of ziplists"),
  STREAM(15, 9, "stream"),
  HASH_LISTPACK(16, 10, "hash as a listpack"),
  SORTED_SET_LISTPACK(17, 10, "sorted set as a listpack"),
  LIST_QUICKLIST_2(18, 10, "list of listpacks"),
  STREAM_2(19, 10, "stream, second form"),
  SET_LISTPACK(20, 11, "set as a listpack"),
  STREAM_3(21, 11, "stream, third form"),
  HASH_EXPIRING_PREVIEW(22, 12, "hash whose fields expire, of a preview"),
  HASH_LISTPACK_EXPIRING_PREVIEW(23, 12, "hash as a listpack whose fields expire, of a preview"),
  HASH_EXPIRING(24, 12, "hash whose fields expire"),
  HASH_LISTPACK_EXPIRING(25, 12, "hash as a listpack whose fields expire");

  private static final @Nullable RdbType[] BY_CODE = byCode();

  private final int code;
  private final int since;
  private final String title;

  RdbType(int code, int since, String title) {
    this.code = code;
    this.since = since;
    this.title = title;
  }

  /// The type of a code, or null if there is none.
  public static @Nullable RdbType of(int code) {
    return code < 0 || code >= BY_CODE.length ? null : BY_CODE[code];
  }

  /// The byte before the value.
  public int code() {
    return code;
  }

  /// The first version of the format that has the type.
  public int since() {
    return since;
  }

  /// What it is, for people, to be put after an article.
  public String title() {
    return title;
  }

  /// Whether this build has such values. It can go past those it does not have, and hand them on.
  public boolean isKnown() {
    return this == STRING;
  }

  private static @Nullable RdbType[] byCode() {
    RdbType[] types = values();
    @Nullable RdbType[] byCode = new RdbType[types[types.length - 1].code + 1];
    for (RdbType type : types) {
      byCode[type.code] = type;
    }
    return byCode;
  }
}
