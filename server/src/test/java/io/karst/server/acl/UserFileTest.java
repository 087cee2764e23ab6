package io.karst.server.acl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Bytes;
import io.karst.commands.CommandTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UserFileTest {
  private static final CommandTable TABLE = CommandTable.load();

  @TempDir private Path directory;

  @Test
  void savedUsersAreLoaded() throws IOException, RuleException {
    Users users = new Users(TABLE);
    users.set(Bytes.utf8("alice"), List.of("on", ">secret", "~a:*", "+@read", "(~b +set)"));
    Path file = directory.resolve("users.acl");
    UserFile.save(file, users);
    Users loaded = new Users(TABLE);
    assertThat(UserFile.load(file, loaded)).isEmpty();
    assertThat(lines(loaded)).isEqualTo(lines(users)).hasSize(2);
    assertThat(loaded.authenticate(Bytes.utf8("alice"), Bytes.utf8("secret"))).isNotNull();
    assertThat(Files.readString(file)).doesNotContain("secret");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void everyMistakeIsNamedAndNothingChanges() throws IOException, RuleException {
    Path file = directory.resolve("users.acl");
    Files.writeString(
        file,
        """
        user alice on nopass ~* +@all
        user bob on +nothing
        alice on

        user alice off
        user carol on %X~a
        user
        """);
    Users users = new Users(TABLE);
    users.set(Bytes.utf8("dave"), List.of("on"));
    List<String> before = lines(users);
    assertThatThrownBy(() -> UserFile.load(file, users))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(":2: Error in rule '+nothing': Unknown command or category")
        .hasMessageContaining(":3: a line begins with 'user'")
        .hasMessageContaining(":5: Duplicate user 'alice' found")
        .hasMessageContaining(":6: Error in rule '%X~a': Syntax error")
        .hasMessageContaining(":7: the name of the user is missing");
    assertThat(lines(users)).isEqualTo(before);
  }

  @Test
  void whoStaysKeepsHisAccountAndWhoGoesIsNamed() throws IOException, RuleException {
    Path file = directory.resolve("users.acl");
    Files.writeString(file, "user alice on nopass +get ~*\r\n");
    Users users = new Users(TABLE);
    users.set(Bytes.utf8("alice"), List.of("on"));
    users.set(Bytes.utf8("bob"), List.of("on"));
    users.set(Bytes.utf8("default"), List.of("off"));
    Account alice = users.find(Bytes.utf8("alice"));
    Account bob = users.find(Bytes.utf8("bob"));
    assertThat(UserFile.load(file, users)).containsExactly(bob);
    assertThat(users.find(Bytes.utf8("alice"))).isSameAs(alice);
    assertThat(alice.user().withoutPassword()).isTrue();
    assertThat(users.find(Bytes.utf8("bob"))).isNull();
    assertThat(users.byDefault().user().enabled()).isTrue();
  }

  @Test
  void whatCannotBeWrittenLeavesTheFileAsItWas() throws IOException {
    Path file = directory.resolve("folder").resolve("users.acl");
    assertThatThrownBy(() -> UserFile.save(file, new Users(TABLE))).isInstanceOf(IOException.class);
    Path taken = Files.createDirectories(directory.resolve("taken/full"));
    assertThatThrownBy(() -> UserFile.save(taken.getParent(), new Users(TABLE)))
        .isInstanceOf(IOException.class);
    try (var left = Files.list(directory)) {
      assertThat(left).containsExactly(taken.getParent());
    }
  }

  private static List<String> lines(Users users) {
    return users.all().stream().map(account -> account.user().line()).toList();
  }
}
