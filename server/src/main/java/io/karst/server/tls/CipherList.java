package io.karst.server.tls;

import io.netty.handler.ssl.CipherSuiteConverter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What `tls-ciphers` means: names between colons, commas or blanks, in OpenSSL's or IANA's form;
/// words that stand for many, of which only those good today are there; `!` or `-` before one
/// leaves it out.
final class CipherList {
  /// Words of OpenSSL for all that is there.
  private static final Set<String> ALL = Set.of("DEFAULT", "ALL", "HIGH", "SECURE", "STRONG");

  private CipherList() {}

  /// The ciphers of `list`, in its order.
  ///
  /// - `defaults`: what there is if nobody asks for anything.
  /// - `directive`: for the message.
  static List<String> of(String list, List<String> defaults, String directive) throws TlsException {
    Set<String> chosen = new LinkedHashSet<>();
    List<String> without = new ArrayList<>();
    for (String word : list.strip().split("[:, ]+", -1)) {
      if (word.startsWith("!") || word.startsWith("-")) {
        without.add(word.substring(1));
      } else if (ALL.contains(word.toUpperCase(Locale.ROOT))) {
        chosen.addAll(defaults);
      } else if (!word.isEmpty() && !word.startsWith("@")) {
        chosen.add(standardName(word, directive));
      }
    }
    if (chosen.isEmpty()) {
      chosen.addAll(defaults);
    }
    for (String left : without) {
      String standard = CipherSuiteConverter.toJava(left, "TLS");
      chosen.removeIf(name -> name.equals(standard) || isOf(name, left));
    }
    if (chosen.isEmpty()) {
      throw new TlsException(directive + ": '" + list + "' leaves no cipher");
    }
    return List.copyOf(chosen);
  }

  private static String standardName(String name, String directive) throws TlsException {
    String standard = name.startsWith("TLS_") ? name : CipherSuiteConverter.toJava(name, "TLS");
    if (standard == null || !CipherSuites.exists(standard)) {
      throw new TlsException(directive + ": there is no cipher '" + name + "'");
    }
    return standard;
  }

  /// Whether a cipher is the one named, or has what is named in it, as `CHACHA20` or `SHA384`.
  private static boolean isOf(String cipher, String name) {
    String dashed = cipher.replace('_', '-').toUpperCase(Locale.ROOT);
    String part = name.replace('_', '-').toUpperCase(Locale.ROOT);
    return ("-" + dashed + "-").contains("-" + part + "-");
  }
}
