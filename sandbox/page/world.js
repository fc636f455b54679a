/** What this person may see (the answer to `hello`), with the look-ups that the rest of the page asks for. */

const COLOURS = ["#3f7d64", "#7a5c99", "#a15c3e", "#3d6f94", "#8a6d1f", "#9a4a63", "#4c6b2f", "#56629b"];
const COMMAND_KIND = { slash: 1, user: 2, message: 3 };
export { COMMAND_KIND };

/** Discord shows the display name before the account's name. */
export function nameOf(user) {
  return user?.global_name || user?.display_name || user?.username || user?.name || "Someone";
}

export class World {
  constructor() {
    this.take({ me: null });
  }

  /** Takes a fresh `hello` in whole: nothing of the former one stays. */
  take(hello) {
    Object.assign(this, { people: [], bots: [], guilds: [], dms: [], commands: [], languages: [] }, hello);
    this.names = JSON.stringify([this.people, this.bots, this.guilds]);
    this.users = new Map();
    for (const person of this.people) this.users.set(person.id, person);
    for (const guild of this.guilds) {
      for (const member of guild.members ?? []) this.#know(member.user, member.nick);
    }
    for (const dm of this.dms) this.#know(dm.recipient);
    for (const bot of this.bots) this.users.set(bot.id, { ...bot, bot: true });
    if (this.me) this.#know(this.me);
  }

  #know(user, nick) {
    const known = this.users.get(user.id) ?? {};
    this.users.set(user.id, { ...known, ...user, display_name: nick || nameOf(user), color: known.color });
  }

  user(id) {
    return this.users.get(id);
  }

  userName(id) {
    return this.users.has(id) ? nameOf(this.users.get(id)) : "unknown person";
  }

  /** The colour of an avatar: the person's own, or one drawn from the id. */
  colour(id) {
    const known = this.users.get(id);
    const own = known?.bot ? COLOURS[0] : known?.color;
    return own || COLOURS[Number(BigInt(id || 0) % 1000003n) % COLOURS.length];
  }

  guildOf(channelId) {
    return this.guilds.find((guild) =>
      [...guild.channels, ...guild.threads].some((channel) => channel.id === channelId),
    );
  }

  dm(channelId) {
    return this.dms.find((dm) => dm.id === channelId);
  }

  /** `{id, name, title, topic, private, can_send, isDm}` or undefined where this person cannot see it. */
  place(channelId) {
    const dm = this.dm(channelId);
    if (dm) {
      const name = nameOf(dm.recipient);
      return { id: dm.id, name, title: name, topic: "Direct message", can_send: true, isDm: true };
    }
    const guild = this.guildOf(channelId);
    const thread = guild?.threads.find(({ id }) => id === channelId);
    if (thread) return { ...thread, title: thread.name, isDm: false };
    const channel = guild?.channels.find(({ id }) => id === channelId);
    return channel && { ...channel, title: `#${channel.name}`, isDm: false };
  }

  firstPlace() {
    const written = this.guilds.flatMap((guild) => guild.channels).filter(({ type }) => type === 0);
    return written[0]?.id ?? this.dms[0]?.id;
  }

  role(id) {
    return this.guilds.flatMap((guild) => guild.roles ?? []).find((role) => role.id === id);
  }

  /** The roles that can be picked in a channel's server, @everyone last as in Discord. */
  rolesAround(channelId) {
    const guild = this.guildOf(channelId);
    const named = (guild?.roles ?? []).filter((role) => role.id !== guild.id);
    return [...named, ...(guild?.roles ?? []).filter((role) => role.id === guild.id)];
  }

  usersAround(channelId) {
    const guild = this.guildOf(channelId);
    if (!guild)
      return [this.dm(channelId)?.recipient, this.me].filter(Boolean).map(({ id }) => this.user(id));
    const ids = new Set((guild.members ?? []).map((member) => member.user.id));
    return [...ids].map((id) => this.user(id));
  }

  channelsAround(channelId, types) {
    const guild = this.guildOf(channelId);
    const threads = guild?.threads.filter(({ joined, archived }) => joined && !archived) ?? [];
    const all = [...(guild?.channels ?? []), ...threads];
    return types?.length ? all.filter((channel) => types.includes(channel.type ?? 0)) : all;
  }

  /** The commands of one kind that Discord would offer here, by their contexts and their server. */
  commandsIn(channelId, kind) {
    const guild = this.guildOf(channelId);
    const recipient = this.dm(channelId)?.recipient?.id;
    return this.commands.filter((command) => {
      if ((command.type ?? COMMAND_KIND.slash) !== kind) return false;
      if (command.guild_id && command.guild_id !== guild?.id) return false;
      const withBot = !guild && this.#isBehind(command, recipient);
      const context = guild ? 0 : withBot ? 1 : 2;
      if (command.contexts?.length && !command.contexts.includes(context)) return false;
      if (guild) return true;
      if (withBot) return command.dm_permission !== false;
      return Boolean(command.installed && command.integration_types?.includes(1));
    });
  }

  #isBehind(command, userId) {
    const application = command.application?.id ?? command.application_id;
    const bot = this.bots.find(({ id }) => id === userId);
    return (
      Boolean(bot) && (application === userId || bot.application_id === application || this.bots.length === 1)
    );
  }
}
