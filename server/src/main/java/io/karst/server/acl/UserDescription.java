package io.karst.server.acl;

import java.util.List;

/// What is told of a user to those who manage users; one character a byte.
public record UserDescription(
    List<String> flags, List<String> passwords, Rights root, List<Rights> selectors) {

  /// What a selector allows, as rules.
  public record Rights(String commands, String keys, String channels) {
    private static Rights of(Selector selector) {
      return new Rights(selector.commands().text(), selector.keysText(), selector.channelsText());
    }
  }

  public static UserDescription of(User user) {
    return new UserDescription(
        user.flags(),
        user.passwords().stream().map(PasswordHash::hex).toList(),
        Rights.of(user.root()),
        user.selectors().stream().map(Rights::of).toList());
  }
}
