package io.karst.commands;

import io.karst.base.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All commands of the process, and the look-up of the one a client calls.
///
/// Made once at start-up from the [Operation]s on the class path; a command that is declared
/// twice, or about which something is neither derived nor declared, stops the start. Immutable
/// afterwards, so any thread may ask.
public final class CommandTable {
  public static final CommandTable EMPTY = of(List.of());

  private final List<Command> all;
  private final List<Command> declared;
  private final NameTable names;
  private final NameTable declaredNames;
  private final int size;

  private CommandTable(List<Command> declared, List<List<String>> renames) {
    this.declared = List.copyOf(declared);
    declaredNames = NameTable.of(declared);
    Map<String, Command> callable = renamed(declared, renames);
    all = callable.values().stream().sorted(Comparator.comparing(Command::name)).toList();
    names = new NameTable(callable);
    int index = 0;
    for (Command command : declared) {
      command.number(index++);
      for (Command subcommand : command.subcommands()) {
        subcommand.number(index++);
      }
    }
    size = index;
  }

  /// The table of every operation that is installed as a service.
  public static CommandTable load() {
    return load(List.of());
  }

  /// As [#load()], with other names for some commands.
  ///
  /// - `renames`: a command and its new name each; it cannot be called if that is empty.
  /// - throws [IllegalArgumentException] if there is no such command, or the new name is taken.
  public static CommandTable load(List<List<String>> renames) {
    List<Operation> operations = new ArrayList<>();
    ServiceLoader.load(Operation.class, Operation.class.getClassLoader()).forEach(operations::add);
    return of(operations, renames);
  }

  /// The table of these operations.
  ///
  /// - throws [io.karst.base.Invariant.Violation] with the name of a command that is not complete.
  public static CommandTable of(List<? extends Operation> operations) {
    return of(operations, List.of());
  }

  private static CommandTable of(List<? extends Operation> operations, List<List<String>> renames) {
    List<Command> declared = new ArrayList<>();
    for (Operation operation : operations) {
      String group = groupOf(operation);
      for (Command command : operation.commands()) {
        declared.add(command.group().isEmpty() ? command.group(group) : command);
      }
    }
    CommandTable table = new CommandTable(assembled(declared), renames);
    for (Operation operation : operations) {
      if (operation instanceof TableOperation bound) {
        bound.bind(table);
      }
    }
    return table;
  }

  /// The command `args` calls; its subcommand, if it is one. Allocates nothing but errors.
  ///
  /// - throws [io.karst.base.CommandException] if there is no such command or subcommand, or the
  ///   number of words is wrong.
  public Command find(Args args) {
    Command command = lookUp(args);
    if (command == null) {
      throw names.find(args.bytes(0)) == null
          ? CommandErrors.unknownCommand(args)
          : CommandErrors.unknownSubcommand(args);
    }
    if (!command.acceptsCount(args.count())) {
      throw CommandErrors.wrongArity(command.fullName());
    }
    return command;
  }

  /// The command or subcommand `args` names, whatever the number of words; null if there is none.
  /// Does not allocate.
  public @Nullable Command lookUp(Args args) {
    Command command = names.find(args.bytes(0));
    return command != null && command.isContainer() && args.count() > 1
        ? command.subcommand(args.bytes(1))
        : command;
  }

  /// The command called `get` or `client|id`, in any case; null if there is none.
  public @Nullable Command named(Bytes fullName) {
    return named(names, fullName);
  }

  private static @Nullable Command named(NameTable among, Bytes fullName) {
    int bar = 0;
    while (bar < fullName.length() && fullName.at(bar) != '|') {
      bar++;
    }
    Command command = among.find(fullName.slice(0, bar));
    if (bar == fullName.length() || command == null) {
      return command;
    }
    return command.subcommand(fullName.slice(bar + 1, fullName.length() - bar - 1));
  }

  /// As [#named], by the names commands are declared with, whatever they are called by clients:
  /// those that access rules use.
  public @Nullable Command declared(Bytes fullName) {
    return named(declaredNames, fullName);
  }

  /// The commands that can be called, by their declared name, without subcommands.
  public List<Command> all() {
    return all;
  }

  /// As [#all], with those that cannot be called.
  public List<Command> declared() {
    return declared;
  }

  /// The number of commands, subcommands included: all of [Command#index] are below it.
  public int size() {
    return size;
  }

  /// The commands by the names they are called by.
  private static Map<String, Command> renamed(List<Command> declared, List<List<String>> renames) {
    Map<String, Command> byName = new TreeMap<>();
    declared.forEach(command -> byName.put(command.name(), command));
    for (List<String> rename : renames) {
      String from = rename.getFirst();
      String to = rename.getLast().toLowerCase(Locale.ROOT);
      Command command = byName.remove(from.toLowerCase(Locale.ROOT));
      if (command == null) {
        throw new IllegalArgumentException("there is no command '" + from + "' to rename");
      }
      if (!to.isEmpty() && byName.putIfAbsent(to, command) != null) {
        throw new IllegalArgumentException("there is a command '" + to + "' already");
      }
    }
    return byName;
  }

  private static String groupOf(Operation operation) {
    String packageName = operation.getClass().getPackageName();
    String name = packageName.substring(packageName.lastIndexOf('.') + 1);
    return name.equals("sortedset") ? "sorted-set" : name;
  }

  /// The commands by name, each container with its subcommands.
  private static List<Command> assembled(List<Command> declared) {
    Map<String, List<Command>> subcommands = new TreeMap<>();
    List<Command> top = new ArrayList<>();
    for (Command command : declared) {
      command.checkComplete();
      String container = command.container();
      if (container == null) {
        top.add(command);
      } else {
        subcommands.computeIfAbsent(container, name -> new ArrayList<>()).add(command);
      }
    }
    List<Command> assembled = new ArrayList<>();
    for (Command command : top) {
      List<Command> own = subcommands.remove(command.name());
      assembled.add(own == null ? command : Containers.of(command, own));
    }
    subcommands.values().forEach(own -> assembled.add(Containers.of(own)));
    assembled.sort(Comparator.comparing(Command::name));
    return assembled;
  }
}
