package io.karst.value;

import org.jspecify.annotations.Nullable;

/// The types of values as RDB files and dump payloads have them: for most types of [ValueType]
/// several, one for each way Redis has kept them in memory.
///
/// Source: Redis, `src/rdb.h`, for the codes.
public enum RdbType {
  STRING(0, ValueType.STRING, 1, "string"),
  LIST(1, ValueType.LIST, 1, "list"),
  SET(2, ValueType.SET, 1, "set"),
  SORTED_SET(3, ValueType.SORTED_SET, 1, "sorted set, scores as text"),
  HASH(4, ValueType.HASH, 1, "hash"),
  SORTED_SET_2(5, ValueType.SORTED_SET, 8, "sorted set"),
  MODULE(6, null, 8, "value of a module, without structure"),
  MODULE_2(7, null, 8, "value of a module"),
  HASH_ZIPMAP(9, ValueType.HASH, 2, "hash as a zipmap"),
  LIST_ZIPLIST(10, ValueType.LIST, 2, "list as a ziplist"),
  SET_INTSET(11, ValueType.SET, 2, "set of integers"),
  SORTED_SET_ZIPLIST(12, ValueType.SORTED_SET, 2, "sorted set as a ziplist"),
  HASH_ZIPLIST(13, ValueType.HASH, 4, "hash as a ziplist"),
  LIST_QUICKLIST(14, ValueType.LIST, 7, "list of ziplists"),
  STREAM(15, ValueType.STREAM, 9, "stream"),
  HASH_LISTPACK(16, ValueType.HASH, 10, "hash as a listpack"),
  SORTED_SET_LISTPACK(17, ValueType.SORTED_SET, 10, "sorted set as a listpack"),
  LIST_QUICKLIST_2(18, ValueType.LIST, 10, "list of listpacks"),
  STREAM_2(19, ValueType.STREAM, 10, "stream, second form"),
  SET_LISTPACK(20, ValueType.SET, 11, "set as a listpack"),
  STREAM_3(21, ValueType.STREAM, 11, "stream, third form"),
  HASH_EXPIRING_PREVIEW(22, ValueType.HASH, 12, "hash whose fields expire, of a preview"),
  HASH_LISTPACK_EXPIRING_PREVIEW(
      23, ValueType.HASH, 12, "hash as a listpack whose fields expire, of a preview"),
  HASH_EXPIRING(24, ValueType.HASH, 12, "hash whose fields expire"),
  HASH_LISTPACK_EXPIRING(25, ValueType.HASH, 12, "hash as a listpack whose fields expire"),
  STREAM_4(26, ValueType.STREAM, 13, "stream with producers"),
  STREAM_5(27, ValueType.STREAM, 13, "stream with producers and released entries"),
  ARRAY(28, null, 13, "array"),
  HASH_TEMPLATE_LISTPACK(29, null, 14, "hash of a template, as a listpack"),
  HASH_TEMPLATE_LISTPACK_BY_NAME(30, null, 14, "hash of a template elsewhere, as a listpack"),
  HASH_TEMPLATE(31, null, 14, "hash of a template"),
  HASH_TEMPLATE_BY_NAME(32, null, 14, "hash of a template elsewhere"),
  RATE_LIMIT(33, null, 14, "rate limit"),

  /// Karst's own, for which Redis has nothing: never in a file or a payload for Redis.
  SET_EXPIRING(240, ValueType.SET, 12, "set whose members expire"),

  /// Karst's own, as well.
  SORTED_SET_EXPIRING(241, ValueType.SORTED_SET, 12, "sorted set whose members expire"),

  /// Karst's own, as well.
  STREAM_PRODUCED(242, ValueType.STREAM, 12, "stream with producers, or released entries");

  /// The lowest code that Redis gives no type.
  private static final int OWN_CODE_MIN = 240;

  private static final @Nullable RdbType[] BY_CODE = byCode();

  private final int code;
  private final @Nullable ValueType valueType;
  private final int since;
  private final String title;

  RdbType(int code, @Nullable ValueType valueType, int since, String title) {
    this.code = code;
    this.valueType = valueType;
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

  /// What the value is once it has been read; null if this build has no such values.
  public @Nullable ValueType valueType() {
    return valueType;
  }

  /// Whether Redis has nothing like it, in none of its versions.
  public boolean isOwn() {
    return code >= OWN_CODE_MIN;
  }

  /// The first version of the format that has the type.
  public int since() {
    return since;
  }

  /// What it is, for people, to be put after an article.
  public String title() {
    return title;
  }

  /// Whether this build has such values: all but those of modules, and those of types that came
  /// with Redis 8.8 and later. Past those of modules it can go, and hand them on.
  public boolean isKnown() {
    return valueType != null;
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
