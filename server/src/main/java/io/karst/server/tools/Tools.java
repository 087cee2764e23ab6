package io.karst.server.tools;

import io.karst.server.config.Config;
import io.karst.server.config.LogLevel;
import io.karst.server.config.ProcessDirectives;
import io.karst.server.info.Version;
import io.karst.server.log.Logs;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/// The program behind `./karst import`, `export`, `inspect`, `restore` and `cluster`.
@Command(
    name = "./karst",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = Tools.Versions.class,
    synopsisSubcommandLabel = "<verb>",
    usageHelpWidth = 100,
    sortOptions = false,
    subcommands = {
      ImportTool.class,
      ExportTool.class,
      InspectTool.class,
      RestoreTool.class,
      ClusterTool.class
    })
public final class Tools {
  static final int FAILED = 1;
  static final int MISUSED = 2;

  private Tools() {}

  public static void main(String[] words) {
    Config quiet = Config.defaults();
    quiet.set(ProcessDirectives.LOGLEVEL, LogLevel.WARNING);
    Logs.follow(quiet);
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(out, err, words));
  }

  /// Runs a verb and returns the exit code.
  public static int run(PrintWriter out, PrintWriter err, String... words) {
    return new CommandLine(new Tools())
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Tools::misused)
        .setExecutionExceptionHandler((failure, command, parsed) -> {
          command.getErr().println("karst: " + Failures.line(failure));
          return FAILED;
        })
        .execute(words);
  }

  private static int misused(ParameterException wrong, String[] words) {
    CommandLine command = wrong.getCommandLine();
    String verb = command.getCommandSpec().qualifiedName();
    command.getErr().println("karst: " + wrong.getMessage() + "; see " + verb + " --help");
    return MISUSED;
  }

  /// What `--version` prints.
  static final class Versions implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"karst " + Version.KARST};
    }
  }
}
