package io.karst.commands;

import io.karst.base.Bytes;
import io.karst.base.Invariant;
import io.karst.commands.syntax.Syntax;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A command: a syntax line, a body, and what the two do not say themselves.
///
/// Arity, key positions, documentation and access categories derive from the line and the flags;
/// refinements ([#fast], [#keys], …) state what cannot be derived, each returning a changed
/// command. Immutable, but for the number that the [CommandTable] it is complete in gives it.
public final class Command {
  private final Syntax syntax;
  private final String since;
  private final String summary;
  private final Body body;
  private final CommandTraits traits;
  private final int arity;
  private final Set<Flag> flags;

  /// Null if the syntax line names a key whose place it does not tell.
  private final @Nullable KeyLayout keys;

  private int index = -1;

  private Command(Command from, CommandTraits traits) {
    this(from.syntax, from.since, from.summary, from.body, traits);
  }

  private Command(Syntax syntax, String since, String summary, Body body, CommandTraits traits) {
    this.syntax = syntax;
    this.since = since;
    this.summary = summary;
    this.body = body;
    this.traits = traits;
    arity = traits.arity == 0 ? syntax.arity() : traits.arity;
    keys = layout(syntax, traits);
    EnumSet<Flag> all = EnumSet.noneOf(Flag.class);
    all.addAll(traits.flags);
    if (keys != null && keys.movable()) {
      all.add(Flag.MOVABLE_KEYS);
    }
    flags = Collections.unmodifiableSet(all);
  }

  /// A command that reads keys.
  public static Command read(String syntax, String since, String summary, Body.OnKeys body) {
    return of(syntax, since, summary, body).flags(Flag.READ_ONLY);
  }

  /// A command that may change keys.
  public static Command write(String syntax, String since, String summary, Body.OnKeys body) {
    return of(syntax, since, summary, body).flags(Flag.WRITE);
  }

  /// A command that touches no key, whatever the words of its syntax line are.
  public static Command other(String syntax, String since, String summary, Body body) {
    return of(syntax, since, summary, body).noKeys();
  }

  /// A command that names keys and does something else with them than to read or write.
  public static Command onKeys(String syntax, String since, String summary, Body body) {
    return of(syntax, since, summary, body);
  }

  /// As [#other(String, String, String, Body)], for a lambda.
  public static Command other(String syntax, String since, String summary, Body.OnKeys body) {
    return other(syntax, since, summary, (Body) body);
  }

  /// A command that is nothing but its subcommands. One is made for every container that is not
  /// declared; declare it to say more about it.
  public static Command container(String name, String since, String summary) {
    Body.OnKeys body =
        (tx, args) -> {
          throw CommandErrors.wrongArity(args.bytes(0).utf8());
        };
    return other(name, since, summary, body).arity(-2).refined(t -> t.categories = Set.of());
  }

  private static Command of(String syntax, String since, String summary, Body body) {
    return new Command(Syntax.parse(syntax), since, summary, body, new CommandTraits());
  }

  /// Flagged as taking constant or logarithmic time.
  public Command fast() {
    return flags(Flag.FAST);
  }

  /// Refused while memory is above its limit.
  public Command denyOom() {
    return flags(Flag.DENY_OOM);
  }

  /// For operators only; also `@dangerous`.
  public Command admin() {
    return flags(Flag.ADMIN);
  }

  /// Allowed before the connection has authenticated.
  public Command noAuth() {
    return flags(Flag.NO_AUTH);
  }

  public Command loading() {
    return flags(Flag.LOADING);
  }

  public Command stale() {
    return flags(Flag.STALE);
  }

  /// In the category `@dangerous`.
  public Command dangerous() {
    return refined(t -> t.dangerous = true);
  }

  /// With these flags, too.
  public Command flags(Flag... more) {
    return refined(t -> t.flags.addAll(List.of(more)));
  }

  public Command complexity(String complexity) {
    return refined(t -> t.complexity = complexity);
  }

  /// In this group instead of the one its operation's package names.
  public Command group(String group) {
    return refined(t -> t.group = group);
  }

  /// In these categories instead of its group's; those its flags entail are added all the same.
  public Command categories(Category... categories) {
    EnumSet<Category> set = EnumSet.noneOf(Category.class);
    set.addAll(Arrays.asList(categories));
    return refined(t -> t.categories = set);
  }

  /// Always leaves the event loop.
  public Command slow() {
    return refined(t -> t.slow = true);
  }

  /// Leaves the event loop for the arguments `condition` holds for; it runs on the event loop, so
  /// it only looks at them.
  public Command slowWhen(Predicate<Args> condition) {
    return refined(t -> t.slowWhen = condition);
  }

  /// Runs with every slot locked, and so needs no keys.
  public Command locksAll() {
    return refined(t -> t.locksAll = true);
  }

  /// As [#slow] and [#locksAll], for the arguments `condition` holds for; its keys are locked
  /// otherwise. It runs on the event loop, so it only looks at them.
  public Command locksAllWhen(Predicate<Args> condition) {
    return refined(t -> {
      t.locksAllWhen = condition;
      t.slowWhen = condition;
    });
  }

  /// With the keys at these places, where the syntax line cannot say.
  public Command keys(KeySpec... specs) {
    return refined(t -> t.keys = List.of(specs));
  }

  /// Works on the keyspace without naming keys (`DBSIZE`, `SCAN`).
  public Command noKeys() {
    return keys();
  }

  /// Does this to its keys, all of them, instead of what its own flags imply.
  public Command keyFlags(KeyFlag... keyFlags) {
    return refined(t -> t.keyFlags = List.of(keyFlags));
  }

  /// Does to its keys what `flags` says of a call, where that depends on the other words.
  ///
  /// - `flags`: runs on the event loop, so it only looks at them, and allocates nothing.
  public Command keyFlagsOf(Function<Args, Set<KeyFlag>> flags) {
    return refined(t -> t.keyFlagsOf = flags);
  }

  /// Touches keys, too, that its words do not name.
  public Command reaches(Reach... reaches) {
    return refined(t -> t.reaches = List.of(reaches));
  }

  /// Sends to these channels, or listens to them: access rules are asked about each.
  public Command channels(ChannelSpec channels) {
    return refined(t -> t.channels = channels);
  }

  /// With this arity, where the syntax line cannot say.
  public Command arity(int arity) {
    return refined(t -> t.arity = arity);
  }

  /// With hints for client libraries and proxies, in the words of the `COMMAND INFO` tips.
  public Command tips(String... tips) {
    return refined(t -> t.tips = List.of(tips));
  }

  /// With one more entry in its history.
  public Command history(String version, String what) {
    return refined(t -> {
      List<Change> longer = new ArrayList<>(t.history);
      longer.add(new Change(version, what));
      t.history = List.copyOf(longer);
    });
  }

  public Command deprecated(String version, String replacedBy) {
    return refined(t -> t.deprecation = new Deprecation(version, replacedBy));
  }

  /// In the categories `container` declares, if it declares any.
  Command categoriesOf(Command container) {
    Set<Category> declared = container.traits.categories;
    return declared == null || declared.isEmpty() ? this : refined(t -> t.categories = declared);
  }

  Command subcommands(Subcommands subcommands) {
    return refined(t -> t.subcommands = subcommands);
  }

  /// - throws [Invariant.Violation], naming the command, if something about it is neither derived
  ///   nor declared.
  void checkComplete() {
    Invariant.check(
        keys != null, () -> "command " + fullName() + ": the syntax line does not tell its keys");
    boolean onKeys = flags.contains(Flag.READ_ONLY) || flags.contains(Flag.WRITE);
    boolean declared = traits.keys != null || traits.locksAll;
    Invariant.check(
        !onKeys || declared || !keySpecs().isEmpty(),
        () -> "command " + fullName() + ": no keys in the syntax line, and none are declared");
    Invariant.check(!group().isEmpty(), () -> "command " + fullName() + ": no group");
  }

  public Syntax syntax() {
    return syntax;
  }

  /// `get`; for a subcommand its own name, `id`.
  public String name() {
    return syntax.name();
  }

  /// `get`, `client|id`.
  public String fullName() {
    return syntax.fullName();
  }

  /// `client` of `client|id`, null for a command that is no subcommand.
  public @Nullable String container() {
    return syntax.container();
  }

  /// Its number among all commands and subcommands of its table, from 0: what counters are kept by.
  public int index() {
    return index;
  }

  void number(int newIndex) {
    index = newIndex;
  }

  /// Whether it has subcommands.
  public boolean isContainer() {
    return traits.subcommands != null;
  }

  /// Its subcommands by name, empty if it is no container.
  public List<Command> subcommands() {
    return traits.subcommands == null ? List.of() : traits.subcommands.all();
  }

  /// The subcommand called `name` in any case, null if there is none. Does not allocate.
  public @Nullable Command subcommand(Bytes name) {
    return traits.subcommands == null ? null : traits.subcommands.find(name);
  }

  public String since() {
    return since;
  }

  public String summary() {
    return summary;
  }

  public Body body() {
    return body;
  }

  /// Redis's arity: the number of words, the name's included; negative if it is the least number.
  public int arity() {
    return arity;
  }

  /// Whether a command of `words` words, the name's included, has the right number of them.
  public boolean acceptsCount(int words) {
    return arity >= 0 ? words == arity : words >= -arity;
  }

  public String group() {
    return traits.group;
  }

  /// May be empty.
  public String complexity() {
    return traits.complexity;
  }

  /// In the order of [Flag].
  public Set<Flag> flags() {
    return flags;
  }

  public boolean has(Flag flag) {
    return flags.contains(flag);
  }

  /// In the order of [Category].
  public Set<Category> categories() {
    EnumSet<Category> all = EnumSet.noneOf(Category.class);
    all.addAll(traits.categories == null ? Category.ofGroup(group()) : traits.categories);
    all.addAll(Category.ofFlags(flags, group()));
    if (traits.dangerous) {
      all.add(Category.DANGEROUS);
    }
    return all;
  }

  public List<String> tips() {
    return traits.tips;
  }

  public List<Change> history() {
    return traits.history;
  }

  public @Nullable Deprecation deprecation() {
    return traits.deprecation;
  }

  public List<KeySpec> keySpecs() {
    return keys == null ? List.of() : keys.specs();
  }

  /// What a call does to the keys of `spec`, which is one of [#keySpecs].
  public Set<KeyFlag> keyFlags(KeySpec spec, Args args) {
    Function<Args, Set<KeyFlag>> ofCall = traits.keyFlagsOf;
    if (ofCall == null || !spec.flags().contains(KeyFlag.VARIABLE_FLAGS)) {
      return spec.flags();
    }
    return ofCall.apply(args);
  }

  /// As [#keyFlags], in the terms of access rules. Does not allocate.
  public KeyUse keyUse(KeySpec spec, Args args) {
    return KeyUse.of(keyFlags(spec, args));
  }

  /// What it does to keys that its words do not name.
  public List<Reach> reaches() {
    return traits.reaches;
  }

  /// The channels it names; null if it names none.
  public @Nullable ChannelSpec channels() {
    return traits.channels;
  }

  /// The index of the first key in the range that stands for them in `COMMAND`, 0 if there is
  /// none. If the command has [Flag#MOVABLE_KEYS], there are others.
  public int firstKey() {
    return keys == null ? 0 : keys.first();
  }

  /// The index of that range's last key; negative if counted from the command's end.
  public int lastKey() {
    return keys == null ? 0 : keys.last();
  }

  /// The words from one key of that range to the next.
  public int keyStep() {
    return keys == null ? 0 : keys.step();
  }

  /// Adds the indices of all keys in `args`, in the order of the syntax line. Does not allocate.
  ///
  /// `args` has an accepted count. Words that do not fit the syntax (a number of keys that is
  /// none) have no keys there: the body answers what is wrong before it asks for any.
  public void keyPositions(Args args, KeyPositions positions) {
    if (keys != null) {
      keys.positions(args, positions);
    }
  }

  /// Whether this call leaves the event loop.
  public boolean isSlow(Args args) {
    return traits.slow || (traits.slowWhen != null && traits.slowWhen.test(args));
  }

  /// Whether it runs with every slot locked.
  public boolean isLockingAll() {
    return traits.locksAll;
  }

  /// Whether this call runs with every slot locked.
  public boolean isLockingAll(Args args) {
    return traits.locksAll || (traits.locksAllWhen != null && traits.locksAllWhen.test(args));
  }

  @Override
  public String toString() {
    return syntax.line();
  }

  private Command refined(Consumer<CommandTraits> change) {
    CommandTraits draft = traits.copy();
    change.accept(draft);
    return new Command(this, draft);
  }

  private static @Nullable KeyLayout layout(Syntax syntax, CommandTraits traits) {
    List<KeySpec> specs = traits.keys;
    if (specs == null) {
      specs = traits.locksAll ? List.of() : KeyDerivation.derive(syntax);
    }
    if (specs == null) {
      return null;
    }
    if (traits.keyFlags != null) {
      KeyFlag[] declared = traits.keyFlags.toArray(KeyFlag[]::new);
      specs = specs.stream().map(spec -> spec.flags(declared)).toList();
    }
    return KeyLayout.of(KeyLayout.withImpliedFlags(specs, traits.flags));
  }
}
