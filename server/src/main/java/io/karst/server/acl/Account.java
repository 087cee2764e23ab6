package io.karst.server.acl;

/// A user's place: it stays while what he may do changes. Sessions hold one, and look at [#user]
/// for each command.
public final class Account {
  private volatile User user;

  Account(User user) {
    this.user = user;
  }

  /// What he is now.
  public User user() {
    return user;
  }

  void become(User next) {
    user = next;
  }

  /// As text, for people.
  public String name() {
    return user.shownName();
  }
}
