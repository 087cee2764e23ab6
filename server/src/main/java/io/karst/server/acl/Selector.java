package io.karst.server.acl;

import io.karst.base.Bytes;
import io.karst.commands.KeyUse;
import java.util.List;
import java.util.StringJoiner;

/// Commands that are allowed on some keys and some channels. Immutable.
///
/// - `allKeys`: every key is open, for reading and writing; there are no rules for keys then.
record Selector(
    CommandSet commands,
    boolean allKeys,
    List<KeyRule> keys,
    boolean allChannels,
    List<ChannelRule> channels) {

  /// Whether it allows everything.
  boolean unrestricted() {
    return commands.whole() && allKeys && allChannels;
  }

  boolean allowsKey(Bytes key, KeyUse use) {
    if (allKeys) {
      return true;
    }
    for (int i = 0; i < keys.size(); i++) {
      if (keys.get(i).allows(key, use)) {
        return true;
      }
    }
    return false;
  }

  /// Whether such a use of any key there may be is allowed.
  boolean allowsAnyKey(KeyUse use) {
    return allKeys || keys.stream().anyMatch(rule -> rule.allows(use) && rule.glob().matchesAll());
  }

  boolean allowsChannel(Bytes channel, boolean isPattern) {
    if (allChannels) {
      return true;
    }
    for (int i = 0; i < channels.size(); i++) {
      if (channels.get(i).allows(channel, isPattern)) {
        return true;
      }
    }
    return false;
  }

  /// The rules about keys: `~a* %R~b*`.
  String keysText() {
    StringJoiner text = new StringJoiner(" ");
    if (allKeys) {
      text.add("~*");
    }
    keys.forEach(rule -> text.add(rule.text()));
    return text.toString();
  }

  /// The rules about channels: `&a* &b`.
  String channelsText() {
    StringJoiner text = new StringJoiner(" ");
    if (allChannels) {
      text.add("&*");
    }
    channels.forEach(rule -> text.add(rule.text()));
    return text.toString();
  }

  /// Rules that make it of one that allows nothing.
  String text() {
    StringJoiner text = new StringJoiner(" ");
    if (!keysText().isEmpty()) {
      text.add(keysText());
    }
    if (!allChannels) {
      text.add("resetchannels");
    }
    if (!channelsText().isEmpty()) {
      text.add(channelsText());
    }
    return text.add(commands.text()).toString();
  }
}
