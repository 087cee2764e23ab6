package io.karst.server.operations.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.server.operations.Harness;
import io.karst.server.session.ReplyMode;
import io.karst.server.session.Session;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClientTest {
  private final Harness server = new Harness();
  private final Session other = server.connect(2000);
  private final Session third = server.connect(3000);

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aConnectionKnowsWhoItIs() {
    assertThat(server.text("CLIENT", "ID")).isEqualTo("1");
    assertThat(server.text("CLIENT", "GETNAME")).isEqualTo("(nil)");
    assertThat(server.text("CLIENT", "SETNAME", "me")).isEqualTo("OK");
    assertThat(server.text("CLIENT", "GETNAME")).isEqualTo("me");
    assertThat(server.text("CLIENT", "SETNAME", "a\nb"))
        .isEqualTo("ERR Client names cannot contain spaces, newlines or special characters.");
    assertThat(server.text("CLIENT", "SETNAME", "")).isEqualTo("OK");
    assertThat(server.text("CLIENT", "GETNAME")).isEqualTo("(nil)");
  }

  @Test
  void aLibraryIntroducesItself() {
    assertThat(server.text("CLIENT", "SETINFO", "lib-name", "jedis")).isEqualTo("OK");
    assertThat(server.text("CLIENT", "SETINFO", "LIB-VER", "1.2")).isEqualTo("OK");
    assertThat(server.text("CLIENT", "SETINFO", "lib-ver", "1 2"))
        .isEqualTo("ERR lib-ver cannot contain spaces, newlines or special characters.");
    assertThat(server.text("CLIENT", "SETINFO", "lib-x", "1"))
        .isEqualTo("ERR Unrecognized option 'lib-x'");
    assertThat(server.text("CLIENT", "INFO")).contains(" lib-name=jedis lib-ver=1.2 ");
  }

  @Test
  void theListHasALineAConnection() {
    server.run("CLIENT", "SETNAME", "me");
    server.run("CLIENT", "NO-EVICT", "on");
    List<String> lines = server.text("CLIENT", "LIST").lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0))
        .matches(
            "id=1 addr=127.0.0.1:1000 laddr=127.0.0.1:6379 fd=-1 name=me age=\\d+ idle=\\d+"
                + " flags=e db=0 sub=0 psub=0 ssub=0 multi=-1 watch=0 qbuf=3 qbuf-free=7"
                + " argv-mem=0 multi-mem=0 rbs=0 rbp=0 obl=7 oll=0 omem=7 tot-mem=17 events=rw"
                + " cmd=\\S+ user=default redir=-1 resp=2 lib-name= lib-ver= io-thread=0"
                + " tot-net-in=0"
                + " tot-net-out=0 tot-cmds=0 durability=none");
    assertThat(lines.get(2)).startsWith("id=3 addr=127.0.0.1:3000 ").contains(" flags=N ");
    assertThat(server.text("CLIENT", "INFO")).isEqualTo(lines.get(0) + "\n");
  }

  @Test
  void theListCanBeFiltered() {
    assertThat(server.text("CLIENT", "LIST", "ID", "2", "99", "3").lines()).hasSize(2);
    assertThat(server.text("CLIENT", "LIST", "TYPE", "normal").lines()).hasSize(3);
    assertThat(server.text("CLIENT", "LIST", "TYPE", "pubsub")).isEmpty();
    assertThat(server.text("CLIENT", "LIST", "TYPE", "foo"))
        .isEqualTo("ERR Unknown client type 'foo'");
    assertThat(server.text("CLIENT", "LIST", "ID", "abc")).isEqualTo("ERR Invalid client ID");
    assertThat(server.text("CLIENT", "LIST", "foo")).isEqualTo("ERR syntax error");
    assertThat(server.text("CLIENT", "LIST", "ID")).isEqualTo("ERR syntax error");
  }

  @Test
  void filtersAreAllToBePassedAndCanBeReversed() {
    third.name("worker");
    third.database(3);
    third.libraryName("jedis");
    third.noTouch(true);
    assertThat(ids("NAME", "worker", "DB", "3")).containsExactly(3);
    assertThat(ids("NOT-NAME", "worker")).containsExactly(1, 2);
    assertThat(ids("NOT-DB", "3", "NOT-ID", "2")).containsExactly(1);
    assertThat(ids("LIB-NAME", "jedis")).containsExactly(3);
    assertThat(ids("NOT-LIB-NAME", "jedis", "LIB-VER", "")).containsExactly(1, 2);
    assertThat(ids("FLAGS", "T")).containsExactly(3);
    assertThat(ids("NOT-FLAGS", "T")).containsExactly(1, 2);
    assertThat(ids("IP", "127.0.0.1", "NOT-ADDR", "127.0.0.1:2000")).containsExactly(1, 3);
    assertThat(ids("NOT-IP", "127.0.0.1")).isEmpty();
    assertThat(ids("SKIPME", "yes")).containsExactly(2, 3);
    assertThat(ids("IDLE", "1000")).isEmpty();
    assertThat(ids("CAPA", "r")).isEmpty();
    assertThat(ids("NOT-CAPA", "r", "NOT-TYPE", "pubsub")).containsExactly(1, 2, 3);
    assertThat(ids("NOT-USER", "default")).isEmpty();
    assertThat(server.text("CLIENT", "LIST", "FLAGS", "?")).startsWith("ERR Unknown flags");
    assertThat(server.text("CLIENT", "LIST", "CAPA", "x")).startsWith("ERR Unknown capabilities");
    assertThat(server.text("CLIENT", "LIST", "DB", "16")).startsWith("ERR DB number");
    assertThat(server.text("CLIENT", "KILL", "NAME", "worker", "NOT-DB", "0")).isEqualTo("1");
    assertThat(third.killed()).isTrue();
    assertThat(other.killed()).isFalse();
  }

  private List<Integer> ids(String... filters) {
    String[] words = new String[filters.length + 2];
    words[0] = "CLIENT";
    words[1] = "LIST";
    System.arraycopy(filters, 0, words, 2, filters.length);
    return server
        .text(words)
        .lines()
        .map(line -> Integer.valueOf(line.substring(3, line.indexOf(' '))))
        .toList();
  }

  @Test
  void killByAddressClosesThatConnection() {
    assertThat(server.text("CLIENT", "KILL", "127.0.0.1:2000")).isEqualTo("OK");
    assertThat(other.killed()).isTrue();
    assertThat(third.killed()).isFalse();
    assertThat(server.text("CLIENT", "KILL", "127.0.0.1:9")).isEqualTo("ERR No such client");
    assertThat(server.text("CLIENT", "KILL", "127.0.0.1:1000")).isEqualTo("OK");
    assertThat(server.session().closesAfterReply()).isTrue();
  }

  @Test
  void killByFiltersSparesItselfUnlessAsked() {
    assertThat(server.text("CLIENT", "KILL", "USER", "default", "ADDR", "127.0.0.1:1000"))
        .isEqualTo("0");
    assertThat(server.text("CLIENT", "KILL", "ID", "2", "TYPE", "normal")).isEqualTo("1");
    assertThat(other.killed()).isTrue();
    assertThat(server.text("CLIENT", "KILL", "TYPE", "replica", "SKIPME", "no")).isEqualTo("0");
    assertThat(server.text("CLIENT", "KILL", "MAXAGE", "1000", "SKIPME", "no")).isEqualTo("0");
    assertThat(server.text("CLIENT", "KILL", "LADDR", "127.0.0.1:6379", "SKIPME", "no"))
        .isEqualTo("3");
    assertThat(third.killed()).isTrue();
    assertThat(server.session().closesAfterReply()).isTrue();
    assertThat(server.session().killed()).isFalse();
  }

  @Test
  void wrongFiltersCloseNothing() {
    assertThat(server.text("CLIENT", "KILL", "ID", "0"))
        .isEqualTo("ERR client-id should be greater than 0");
    assertThat(server.text("CLIENT", "KILL", "ID", "abc"))
        .isEqualTo("ERR client-id should be greater than 0");
    assertThat(server.text("CLIENT", "KILL", "TYPE", "x")).isEqualTo("ERR Unknown client type 'x'");
    assertThat(server.text("CLIENT", "KILL", "USER", "x")).isEqualTo("ERR No such user 'x'");
    assertThat(server.text("CLIENT", "KILL", "SKIPME", "x")).isEqualTo("ERR syntax error");
    assertThat(server.text("CLIENT", "KILL", "ID", "2", "foo", "x")).isEqualTo("ERR syntax error");
    assertThat(server.text("CLIENT", "KILL", "ID", "2", "TYPE")).isEqualTo("ERR syntax error");
    assertThat(other.killed()).isFalse();
  }

  @Test
  void repliesCanBeTurnedOff() {
    assertThat(server.text("CLIENT", "REPLY", "skip")).isEqualTo("(none)");
    assertThat(server.session().replyMode()).isEqualTo(ReplyMode.SKIP_NEXT);
    assertThat(server.text("CLIENT", "REPLY", "off")).isEqualTo("(none)");
    assertThat(server.text("CLIENT", "REPLY", "skip")).isEqualTo("(none)");
    assertThat(server.session().replyMode()).isEqualTo(ReplyMode.OFF);
    assertThat(server.text("CLIENT", "REPLY", "on")).isEqualTo("OK");
    assertThat(server.text("CLIENT", "REPLY", "x")).isEqualTo("ERR syntax error");
    assertThat(server.session().replyMode()).isEqualTo(ReplyMode.ON);
  }

  @Test
  void aPauseHasALengthAndAMode() {
    assertThat(server.text("CLIENT", "PAUSE", "10", "WRITE")).isEqualTo("OK");
    assertThat(server.text("CLIENT", "PAUSE", "x"))
        .isEqualTo("ERR timeout is not an integer or out of range");
    assertThat(server.text("CLIENT", "PAUSE", "9223372036854775807"))
        .isEqualTo("ERR timeout is not an integer or out of range");
    assertThat(server.text("CLIENT", "PAUSE", "-1")).isEqualTo("ERR timeout is negative");
    assertThat(server.text("CLIENT", "PAUSE", "1", "x"))
        .isEqualTo("ERR CLIENT PAUSE mode must be WRITE or ALL");
    assertThat(server.text("CLIENT", "UNPAUSE")).isEqualTo("OK");
  }

  @Test
  void withoutAHistoryNothingIsDurable() {
    String none = "ERR No history is kept on disk: appendonly is no";
    assertThat(server.text("CLIENT", "DURABILITY")).isEqualTo("none");
    assertThat(server.text("CLIENT", "DURABILITY", "none")).isEqualTo("OK");
    assertThat(server.text("CLIENT", "DURABILITY", "local")).isEqualTo(none);
    assertThat(server.text("CLIENT", "DURABILITY", "fsync")).isEqualTo(none);
    assertThat(server.text("CLIENT", "DURABILITY", "quorum"))
        .isEqualTo("ERR This is a single server: there is no quorum to wait for");
    assertThat(server.text("CLIENT", "DURABILITY", "x")).isEqualTo("ERR syntax error");
    assertThat(server.text("CLIENT", "DURABILITY", "none", "x")).isEqualTo("ERR syntax error");
  }

  @Test
  void whatThisVersionHasNotIsUnknown() {
    assertThat(server.text("CLIENT", "NOSUCH", "on"))
        .isEqualTo("ERR unknown subcommand 'NOSUCH'. Try CLIENT HELP.");
    assertThat(server.text("CLIENT", "NO-TOUCH", "x")).isEqualTo("ERR syntax error");
    assertThat(server.text("CLIENT", "HELP")).contains("CLIENT <subcommand>", "KILL", "NO-TOUCH");
  }
}
