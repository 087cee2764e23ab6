package io.karst.server.config;

/// Which channels are open to a user about whom nothing is said of channels.
public enum ChannelsByDefault {
  ALLCHANNELS,
  RESETCHANNELS
}
