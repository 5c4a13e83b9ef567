"""A few pages as a room would write them."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import include, path

from firstbell.platform.access import DataClass, NotVisible
from firstbell.platform.web.pages import note_read, page


@page()
def home(request):
    return HttpResponse("home")


@page(reads=DataClass.HEALTH)
def health(request, student_id):
    if student_id != 7:
        raise NotVisible
    note_read(request, DataClass.HEALTH, "student", student_id, fields=["health_alert"])
    note_read(request, DataClass.DIRECTORY, "student", student_id)
    return HttpResponse("asthma")


@page(writes=DataClass.ATTENDANCE)
def roll(request):
    return HttpResponse("roll")


@page(roles=["registrar"])
def desk(request):
    return HttpResponse("desk")


@login_not_required
def broken(request, name):
    raise RuntimeError(f"no such {name}")


urlpatterns = [
    path("", home, name="home"),
    path("health/<int:student_id>/", health, name="health"),
    path("roll/", roll, name="roll"),
    path("desk/", desk, name="desk"),
    path("broken/<str:name>/", broken, name="broken"),
    path("accounts/", include("firstbell.platform.web.urls")),
]
