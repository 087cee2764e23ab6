package io.karst.server;

/// The process: `java -jar karst.jar [options]`.
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.out.println("karst " + Main.class.getPackage().getImplementationVersion());
  }
}
