"""Course offerings and the sections that meet."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from firstbell.formats.edfi.records.parts import ORGANIZATION, SessionKey
from firstbell.formats.edfi.shape import At, Record, Ref


class CourseOffering(Record, frozen=True, kw_only=True, gc=False):
    """A course that a school offers in a session. ``course`` is the catalogue code."""

    local_code: Annotated[str, At("LocalCourseCode")]
    title: Annotated[str, At("LocalCourseTitle")] = ""
    school: Annotated[str, Ref("SchoolReference", ORGANIZATION)]
    session: Annotated[SessionKey, At("SessionReference/SessionIdentity")]
    course: Annotated[str, At("CourseReference/CourseIdentity/CourseCode/ID")]


class Section(Record, frozen=True, kw_only=True, gc=False):
    """A group that meets in a period and a room. ``code`` is not unique."""

    code: Annotated[str, At("UniqueSectionCode")]
    school: Annotated[str, Ref("SchoolReference", ORGANIZATION)]
    course: Annotated[str, At("CourseOfferingReference/CourseOfferingIdentity/LocalCourseCode")]
    term: Annotated[str, At("CourseOfferingReference/CourseOfferingIdentity/Term")]
    school_year: Annotated[str, At("CourseOfferingReference/CourseOfferingIdentity/SchoolYear")]
    period: Annotated[str, At("ClassPeriodReference/ClassPeriodIdentity/ClassPeriodName")]
    room: Annotated[str, At("LocationReference/LocationIdentity/ClassroomIdentificationCode")]
    sequence: Annotated[int | None, At("SequenceOfCourse")] = None
    environment: Annotated[str, At("EducationalEnvironment")] = ""
    credit: Annotated[Decimal | None, At("AvailableCredit/Credit")] = None


ELEMENTS: dict[str, type[Record]] = {cls.__name__: cls for cls in (CourseOffering, Section)}
