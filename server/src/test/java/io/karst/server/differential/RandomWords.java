package io.karst.server.differential;

import java.util.List;
import java.util.Random;

/// Draws the words of requests, kind by kind.
final class RandomWords {
  private static final String[] KEYS = {
    "a",
    "b",
    "c",
    "{t}1",
    "{t}2",
    "k:1",
    "k:2",
    "counter",
    "bits",
    "\0\377\r\n",
    "long key of no use"
  };
  private static final String[] VALUES = {
    "",
    "0",
    "1",
    "-1",
    "10",
    "007",
    "-0",
    "+5",
    " 1",
    "3.0",
    "1e3",
    "abc",
    "ABC",
    "\0",
    "\377\377",
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775808",
    "2147483648",
    "-129",
    "foobar",
    "\0\1\2\377\r\n",
    "ohmytext",
    "mynewtext",
    "nan",
    "inf",
    "0.1",
    "1.5",
    "127",
    "32768"
  };
  private static final String[] NUMBERS = {
    "0",
    "1",
    "-1",
    "2",
    "7",
    "100",
    "-100",
    "65536",
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775806",
    "-9223372036854775807",
    "4611686018427387904",
    "x",
    "1.0",
    ""
  };
  private static final String[] FLOATS = {
    "0",
    "1",
    "-1",
    "0.1",
    "-0.1",
    "0.3",
    "1e-7",
    "1e10",
    "3.14159265358979",
    "1e17",
    "-1e17",
    "123456789.123456789",
    "0.000001",
    "5e-324",
    "1.7976931348623157e308",
    "1e4000",
    "nan",
    "inf",
    "-inf",
    "x",
    "",
    "0x10",
    "1e-20",
    "99999999999",
    "2.5e3"
  };
  private static final String[] INDEXES = {
    "0",
    "1",
    "2",
    "3",
    "5",
    "8",
    "-1",
    "-2",
    "-3",
    "-8",
    "100",
    "-100",
    "9223372036854775807",
    "-9223372036854775808",
    "x"
  };
  private static final String[] OFFSETS = {
    "0", "1", "3", "8", "20", "60", "300", "-1", "536870912", "9223372036854775807", "x"
  };
  private static final String[] BITS = {
    "0", "1", "7", "8", "9", "31", "100", "2000", "-1", "4294967296", "x"
  };
  private static final String[] TIMES = {
    "4000000000",
    "4000000001",
    "5000000000",
    "9000000000",
    "1",
    "0",
    "-1",
    "9223372036854775807",
    "x"
  };
  private static final String[] MILLIS = {
    "4000000000000",
    "4000000000001",
    "4000000000499",
    "4000000000500",
    "9000000000000",
    "1",
    "0",
    "-5",
    "x"
  };
  private static final String[] PAST = {"0", "-1", "-100000", "9223372036854775807", "x", ""};
  private static final String[] PATTERNS = {
    "*", "a", "b*", "{t}*", "k:?", "*1", "[a-c]", "[^a]*", "\\a", "c*r", "nothing", "?", "*[12]"
  };
  private static final String[] WIDTHS = {
    "u1", "u2", "u4", "u8", "u13", "u31", "u32", "u33", "u63", "u64", "i1", "i2", "i8", "i16",
    "i33", "i63", "i64", "i65", "u0", "x"
  };
  private static final String[] PLACES = {
    "0", "1", "3", "7", "8", "13", "64", "100", "#0", "#1", "#2", "#5", "-1", "#-1", "x"
  };
  private static final String[] AMOUNTS = {
    "0",
    "1",
    "-1",
    "2",
    "15",
    "-16",
    "127",
    "-128",
    "255",
    "256",
    "65535",
    "-4294967296",
    "9223372036854775807",
    "-4611686018427387904",
    "x"
  };
  private static final String[] DATABASES = {"0", "0", "1", "2", "15", "16", "-1", "x"};
  private static final String[] GARBAGE = {"", "x", "-1", "0", "NX", "\r\n", "*", "99999999999"};
  private static final String[] MEMBERS = {"1", "2", "-1", "70000", "-3000000000", "a", "b", ""};

  /// Scores that `redis-server` 7.0 shows with as many digits as Karst does.
  private static final String[] SCORES = {
    "0", "1", "-1", "2", "3", "7", "100", "-0", "1.5", "-2.25", "0.5", "1e3", "inf", "-inf", "nan",
    "x"
  };

  private static final String[] BOUNDS = {
    "-inf", "+inf", "0", "1", "(1", "(-1", "2", "3", "(100", "1.5", "(inf", "x", "", "("
  };
  private static final String[] NAMES = {"-", "+", "[a", "(a", "[member:1", "(2", "[", "x", ""};
  private static final String[] DEGREES = {
    "0", "1", "-1", "13.361389", "38.115556", "-84.5", "85", "2.5", "60", "x"
  };
  private static final String[] PAYLOADS = {
    "\0\1a\n\0\277\376\357\233\2176}\264",
    "\0\300\0\n\0\230@\247x\370P\3\10",
    "\0\1a\n\0\277\376\357\233\2176}\265",
    "\0\1a\13\0\277\376\357\233\2176}\264",
    "",
    "x"
  };

  private final Random random;

  RandomWords(Random random) {
    this.random = random;
  }

  /// All keys there are.
  static List<String> keys() {
    return List.of(KEYS);
  }

  /// Adds a word, or the few words, of a kind.
  void add(String kind, List<String> request) {
    switch (kind) {
      case "pair" -> request.addAll(List.of(one(KEYS), value()));
      case "field" -> field(request);
      case "text" -> request.add(text());
      case "entry" -> request.addAll(List.of(member(), value()));
      case "member" -> request.add(member());
      case "score" -> request.addAll(List.of(one(SCORES), member()));
      case "spot" -> request.addAll(List.of(one(DEGREES), one(DEGREES), member()));
      case "value" -> request.add(value());
      default -> request.add(one(words(kind)));
    }
  }

  private static String[] words(String kind) {
    return switch (kind) {
      case "key" -> KEYS;
      case "number" -> NUMBERS;
      case "float" -> FLOATS;
      case "index" -> INDEXES;
      case "small" -> new String[] {"0", "1", "2", "3", "-1"};
      case "offset" -> OFFSETS;
      case "bit" -> BITS;
      case "flag" -> new String[] {"0", "1", "1", "0", "2", "x"};
      case "time" -> TIMES;
      case "later" -> new String[] {"4000000000", "5000000000", "0", "x"};
      case "millis" -> MILLIS;
      case "past" -> PAST;
      case "pattern" -> PATTERNS;
      case "width" -> WIDTHS;
      case "place" -> PLACES;
      case "database" -> DATABASES;
      case "payload" -> PAYLOADS;
      case "garbage" -> GARBAGE;
      case "bound" -> BOUNDS;
      case "name" -> NAMES;
      case "degree" -> DEGREES;
      case "extent" -> new String[] {"0", "1", "100", "1000", "5000", "20000", "-1", "x"};
      case "weight" -> new String[] {"0", "1", "2", "-1", "0.5", "inf", "x"};
      case "weights" -> new String[] {"{t}*", "k:*->1", "*", "k:*"};
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private String value() {
    return random.nextInt(4) == 0 ? text() : one(VALUES);
  }

  /// A member of a set, a field of a hash: of few, so that they meet, and of all forms.
  private String member() {
    return switch (random.nextInt(4)) {
      case 0 -> one(MEMBERS);
      case 1 -> Integer.toString(random.nextInt(40));
      case 2 -> "member:" + random.nextInt(20);
      default -> value();
    };
  }

  /// Up to 400 bytes of few letters: compressible, and more or less alike.
  private String text() {
    int letters = 1 + random.nextInt(6);
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(400); left > 0; left--) {
      text.append((char) ('a' + random.nextInt(letters)));
    }
    return text.toString();
  }

  private void field(List<String> request) {
    switch (random.nextInt(4)) {
      case 0 -> request.addAll(List.of("GET", one(WIDTHS), one(PLACES)));
      case 1 -> request.addAll(List.of("SET", one(WIDTHS), one(PLACES), one(AMOUNTS)));
      case 2 -> request.addAll(List.of("INCRBY", one(WIDTHS), one(PLACES), one(AMOUNTS)));
      default -> request.addAll(List.of("OVERFLOW", one(new String[] {"WRAP", "SAT", "FAIL"})));
    }
  }

  private String one(String[] words) {
    return words[random.nextInt(words.length)];
  }
}
