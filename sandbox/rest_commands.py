"""Routes by which a bot registers its commands, for all servers or for one."""

from typing import Any

from aiohttp import web

from sandbox import keeping
from sandbox.command_rules import check_command, check_commands
from sandbox.locales import asked_for
from sandbox.localizations import localized
from sandbox.refusals import unknown
from sandbox.rest import Routes, body_of, flag, nothing, said

Body = dict[str, Any]
SAME = ("type", "name", "guild_id")  # a command registered again under these is the same one


class CommandRoutes(Routes):
    """/applications/{id}/commands and /applications/{id}/guilds/{id}/commands."""

    def table(self) -> list[web.RouteDef]:
        """The routes."""
        return [
            route
            for base in ("/applications/{application}", "/applications/{application}/guilds/{guild}")
            for route in (
                web.get(base + "/commands", self.everything),
                web.post(base + "/commands", self.add),
                web.put(base + "/commands", self.overwrite),
                web.get(base + "/commands/{command}", self.show),
                web.patch(base + "/commands/{command}", self.change),
                web.delete(base + "/commands/{command}", self.delete),
            )
        ]

    async def everything(self, request: web.Request) -> web.Response:
        """GET them all; `with_localizations` as they were given, else with words in the asker's language."""
        mine = self._mine(request)
        if flag(request, "with_localizations"):
            return said(mine)
        locale = asked_for(request.headers, self.application(request).bot.locale)
        return said([localized(command, locale) for command in mine])

    async def add(self, request: web.Request) -> web.Response:
        """POST one; one of the same name and type is replaced."""
        body, _ = await body_of(request)
        check_command(body)
        command = self._keep(request, body)
        self._told()
        return said(command, 201)

    async def overwrite(self, request: web.Request) -> web.Response:
        """PUT all: what is not named goes; what stays keeps its id."""
        bodies, _ = await body_of(request)
        check_commands(bodies)
        before = self._mine(request)
        kept = [self._keep(request, body) for body in bodies]
        for command in before:
            if command["id"] not in {each["id"] for each in kept}:
                self._drop(command)
        self._told()
        return said(kept)

    async def show(self, request: web.Request) -> web.Response:
        """GET one."""
        return said(self._one(request))

    async def change(self, request: web.Request) -> web.Response:
        """PATCH one."""
        body, _ = await body_of(request)
        changed = {**self._one(request), **body}
        check_command(changed)
        self.world.commands[changed["id"]] = changed
        keeping.save_command(self.world, changed)
        self._told()
        return said(changed)

    async def delete(self, request: web.Request) -> web.Response:
        """DELETE one."""
        self._drop(self._one(request))
        self._told()
        return nothing()

    def _mine(self, request: web.Request) -> list[Body]:
        application, guild = self.own(request), request.match_info.get("guild")
        return [
            command
            for command in self.world.commands.values()
            if command["application_id"] == application.id and command.get("guild_id") == guild
        ]

    def _one(self, request: web.Request) -> Body:
        found = next((c for c in self._mine(request) if c["id"] == request.match_info["command"]), None)
        if found is None:
            raise unknown("application command")
        return found

    def _keep(self, request: web.Request, body: Body) -> Body:
        application, guild = self.own(request), request.match_info.get("guild")
        command = {
            "type": 1,
            "description": "",
            "options": [],
            "default_member_permissions": None,
            "nsfw": False,
            "contexts": None,
            "integration_types": [0],
            "name_localizations": None,
            "description_localizations": None,
            **{name: value for name, value in body.items() if name != "id"},
            "application_id": application.id,
        }
        if guild is None:
            command.setdefault("dm_permission", True)
        else:
            command["guild_id"] = guild
        before: Body | None = next(
            (c for c in self._mine(request) if all(c.get(key) == command.get(key) for key in SAME)), None
        )
        command["id"] = before["id"] if before else self.world.ids.next()
        same = before is not None and {**before, "version": None} == {**command, "version": None}
        command["version"] = before["version"] if before and same else self.world.ids.next()
        self.world.commands[command["id"]] = command
        keeping.save_command(self.world, command)
        return command

    def _drop(self, command: Body) -> None:
        del self.world.commands[command["id"]]
        self.world.store.delete("command", command["id"])

    def _told(self) -> None:
        self.world.tell(None, "WORLD", {})
