"""Routes by which a bot answers interactions."""

from aiohttp import web

from sandbox.interactions import MODAL, SAY, THINK, UPDATE, Interaction, Interactions
from sandbox.messages import Messages
from sandbox.rest import Routes, body_of, nothing, said
from sandbox.world import World


class InteractionRoutes(Routes):
    """/interactions and /webhooks."""

    def __init__(self, world: World, interactions: Interactions, messages: Messages) -> None:
        super().__init__(world)
        self._interactions = interactions
        self._messages = messages

    def table(self) -> list[web.RouteDef]:
        """The routes."""
        webhook = "/webhooks/{application}/{token}"
        return [
            web.post("/interactions/{interaction}/{token}/callback", self.callback),
            web.post(webhook, self.follow_up),
            web.get(webhook + "/messages/{message}", self.show),
            web.patch(webhook + "/messages/{message}", self.edit),
            web.delete(webhook + "/messages/{message}", self.delete),
        ]

    async def callback(self, request: web.Request) -> web.Response:
        """POST the first answer."""
        body, uploads = await body_of(request)
        where = request.match_info
        interaction = self._interactions.callback(where["interaction"], where["token"], body, uploads)
        if request.query.get("with_response", "").lower() not in ("true", "1"):
            return nothing()
        return said(_response(interaction, body["type"]))

    async def follow_up(self, request: web.Request) -> web.Response:
        """POST a further message; `wait` is always on here (docs: Create Followup Message)."""
        body, uploads = await body_of(request)
        message = self._interactions.follow_up(self._interaction(request), body, uploads)
        return said(message.json())

    async def show(self, request: web.Request) -> web.Response:
        """GET the first answer or a follow-up."""
        interaction = self._interaction(request)
        return said(self._interactions.message(interaction, request.match_info["message"]).json())

    async def edit(self, request: web.Request) -> web.Response:
        """PATCH it."""
        body, uploads = await body_of(request)
        interaction, id_ = self._interaction(request), request.match_info["message"]
        if id_ == "@original":
            return said(self._interactions.edit_original(interaction, body, uploads).json())
        message = self._interactions.message(interaction, id_)
        return said(self._messages.edit(message, body, uploads, by=interaction.application.bot).json())

    async def delete(self, request: web.Request) -> web.Response:
        """DELETE it."""
        interaction = self._interaction(request)
        self._messages.delete(self._interactions.message(interaction, request.match_info["message"]))
        return nothing()

    def _interaction(self, request: web.Request) -> Interaction:
        where = request.match_info
        return self._interactions.of_token(where["application"], where["token"])


def _response(interaction: Interaction, kind: int) -> dict[str, object]:
    about: dict[str, object] = {"id": interaction.id, "type": interaction.kind}
    if interaction.original is not None:
        about |= {
            "response_message_id": interaction.original.id,
            "response_message_loading": interaction.thinking,
            "response_message_ephemeral": interaction.original.ephemeral,
        }
    body: dict[str, object] = {"interaction": about}
    if kind in (SAY, THINK, UPDATE) and interaction.original is not None:
        body["resource"] = {"type": kind, "message": interaction.original.json()}
    elif kind != MODAL:
        body["resource"] = {"type": kind}
    return body
