package io.karst.server.tools;

import io.karst.base.Clock;
import io.karst.engine.DataDirectory;
import io.karst.engine.Engine;
import io.karst.eviction.EvictionPolicy;
import io.karst.server.StoreOptions;
import io.karst.server.config.Config;
import io.karst.server.config.DiskDirectives;
import io.karst.server.config.MemoryDirectives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// The store in a directory, opened by this process alone.
final class LocalStore {
  /// Where a server keeps its data if it is not told.
  static final Path DIRECTORY = Path.of("karst-data");

  @Option(
      names = "--dir",
      required = true,
      paramLabel = "DIR",
      description = "the directory of a store that no server has open (default: ./karst-data)")
  private Path directory = DIRECTORY;

  @Option(
      names = "--databases",
      paramLabel = "COUNT",
      defaultValue = "16",
      description = "how many databases its servers are told to have (default: 16)")
  private int databases = 16;

  /// The one in `directory`, with as many databases as servers have if they are not told.
  static LocalStore at(Path directory) {
    LocalStore store = new LocalStore();
    store.directory = directory;
    return store;
  }

  /// Opens it, or makes one. What is changed is kept by checkpoints alone, so it is in the store
  /// for certain only after [Engine#checkpoint].
  ///
  /// - throws [IOException] if a server has it open, or the directory cannot be had.
  Engine open() throws IOException {
    Config config = Config.defaults();
    config.set(DiskDirectives.DIR, directory.toString());
    config.set(MemoryDirectives.DATABASES, databases);
    config.set(DiskDirectives.APPENDONLY, false);
    Engine engine = Engine.open(StoreOptions.of(config, Clock.system()));
    engine.eviction().policy(EvictionPolicy.SPILL);
    return engine;
  }

  /// As [#open], where there is a store.
  Engine openExisting() throws IOException {
    if (!Files.exists(directory)) {
      throw new NoSuchFileException(directory.toString());
    }
    if (!Files.exists(directory.resolve(DataDirectory.TIER))) {
      throw new IOException(directory + " is no directory of a store");
    }
    return open();
  }

  /// The number of keys in all databases.
  static long keys(Engine engine) {
    long keys = 0;
    for (int database = 0; database < engine.databases(); database++) {
      keys += engine.size(database);
    }
    return keys;
  }

  @Override
  public String toString() {
    return directory.toString();
  }
}
