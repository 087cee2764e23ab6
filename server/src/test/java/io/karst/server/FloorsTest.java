package io.karst.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.karst.base.DiskFile;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The house, floor by floor: a package knows those below it, never those above.
class FloorsTest {
  /// From the bottom up. A floor takes in its sub-packages.
  private static final List<String> FLOORS =
      List.of(
          "base",
          "memory",
          "value",
          "rdb",
          "keyspace",
          "eviction",
          "history",
          "lsm",
          "engine",
          "transfer",
          "commands",
          "lua",
          "cluster",
          "server");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.karst");

  @TestFactory
  List<DynamicTest> dependsOnNothingAbove() {
    return FLOORS.stream()
        .limit(FLOORS.size() - 1L)
        .map(floor -> DynamicTest.dynamicTest(floor, () -> checkNothingAbove(floor)))
        .toList();
  }

  private static void checkNothingAbove(String floor) {
    String[] above =
        FLOORS.stream()
            .skip(FLOORS.indexOf(floor) + 1L)
            .map(FloorsTest::packageOf)
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(packageOf(floor))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(above)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices()
        .matching("io.karst.(**)")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void everyPackageIsOnAFloor() {
    noClasses()
        .that()
        .resideOutsideOfPackages(FLOORS.stream().map(FloorsTest::packageOf).toArray(String[]::new))
        .should()
        .resideInAPackage("io.karst..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void onlyMemoryAndLuaTouchNativeMemory() {
    noClasses()
        .that()
        .resideOutsideOfPackages(packageOf("memory"), packageOf("lua.vm"))
        // Hands a mapped file over as a segment; what is in it is for memory to touch.
        .and()
        .areNotAssignableTo(DiskFile.class)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.lang.foreign..")
        .check(CLASSES);
  }

  @Test
  void onlyLsmTouchesRocksDb() {
    onlyIn("lsm", "org.rocksdb..");
  }

  /// What the engine knows of the tier loads no class of RocksDB: a store in memory has none.
  @Test
  void theSeamsOfTheTierAreWithoutRocksDb() {
    noClasses()
        .that()
        .resideInAPackage(packageOf("lsm"))
        .and()
        .arePublic()
        .and()
        .doNotHaveSimpleName("RocksTier")
        .and()
        .doNotHaveSimpleName("TierInspection")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.rocksdb..")
        .check(CLASSES);
  }

  @Test
  void onlyClusterTouchesRatis() {
    onlyIn("cluster", "org.apache.ratis..");
  }

  @Test
  void onlyTheServerTouchesNetty() {
    onlyIn("server", "io.netty..");
  }

  @Test
  void onlyTheToolsTouchPicocli() {
    onlyIn("server.tools", "picocli..");
  }

  @Test
  void onlyTheMetricsTouchMicrometer() {
    onlyIn("server.metrics", "io.micrometer..");
    onlyIn("server.metrics", "io.prometheus..");
  }

  @Test
  void onlyTheHttpPortSpeaksHttp() {
    onlyIn("server.http", "io.netty.handler.codec.http..");
  }

  @Test
  void onlyTheConsoleReadsAndWritesJson() {
    onlyIn("server.http.console", "com.fasterxml.jackson..");
  }

  private static void onlyIn(String floor, String library) {
    noClasses()
        .that()
        .resideOutsideOfPackage(packageOf(floor))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  private static String packageOf(String floor) {
    return "io.karst." + floor + "..";
  }
}
