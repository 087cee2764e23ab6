package io.karst.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CipherListTest {
  private static final String GCM = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
  private static final String CHACHA = "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256";
  private static final List<String> DEFAULTS = List.of(GCM, CHACHA);

  @Test
  void namesOfBothKindsKeepTheirOrder() throws TlsException {
    assertThat(of("ECDHE-RSA-CHACHA20-POLY1305:" + GCM)).containsExactly(CHACHA, GCM);
  }

  @Test
  void wordsStandForTheDefaultsAndMarksTakeAway() throws TlsException {
    assertThat(of("")).isEqualTo(DEFAULTS);
    assertThat(of("DEFAULT:!MEDIUM:!aNULL")).isEqualTo(DEFAULTS);
    assertThat(of("HIGH:!CHACHA20")).containsExactly(GCM);
    assertThat(of("!ECDHE-RSA-AES128-GCM-SHA256")).containsExactly(CHACHA);
    assertThat(of("ALL:@STRENGTH:-AES")).containsExactly(CHACHA);
  }

  @Test
  void whatIsUnknownOrLeavesNothingIsAnError() {
    assertThatThrownBy(() -> of("ECDHE-RSA-ROT13"))
        .hasMessage("tls-ciphers: there is no cipher 'ECDHE-RSA-ROT13'");
    assertThatThrownBy(() -> of("DEFAULT:!ECDHE"))
        .hasMessage("tls-ciphers: 'DEFAULT:!ECDHE' leaves no cipher");
  }

  private static List<String> of(String list) throws TlsException {
    return CipherList.of(list, DEFAULTS, "tls-ciphers");
  }
}
