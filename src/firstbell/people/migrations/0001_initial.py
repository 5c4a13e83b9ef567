import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("platform", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Student",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sourced_id", models.UUIDField(editable=False, unique=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("first_name", models.CharField(max_length=80)),
                ("middle_name", models.CharField(blank=True, max_length=80)),
                ("last_name", models.CharField(max_length=80)),
                ("suffix", models.CharField(blank=True, max_length=20)),
                ("preferred_first_name", models.CharField(blank=True, max_length=80)),
                ("preferred_middle_name", models.CharField(blank=True, max_length=80)),
                ("preferred_last_name", models.CharField(blank=True, max_length=80)),
                ("local_id", models.CharField(blank=True, db_index=True, max_length=40)),
                ("state_id", models.CharField(blank=True, db_index=True, max_length=40)),
                ("username", models.CharField(blank=True, max_length=150)),
                ("reported_grade", models.CharField(blank=True, max_length=8)),
                (
                    "account",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="student",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Agency",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sourced_id", models.UUIDField(editable=False, unique=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("state", "STATE"),
                            ("service_center", "SERVICE_CENTER"),
                            ("county", "COUNTY"),
                            ("district", "DISTRICT"),
                            ("department", "DEPARTMENT"),
                        ],
                        max_length=24,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("short_name", models.CharField(blank=True, max_length=60)),
                ("state_id", models.CharField(blank=True, max_length=40)),
                ("address", models.CharField(blank=True, max_length=300)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("website", models.CharField(blank=True, max_length=300)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="people.agency",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "agencies",
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sourced_id", models.UUIDField(editable=False, unique=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("first_name", models.CharField(max_length=80)),
                ("middle_name", models.CharField(blank=True, max_length=80)),
                ("last_name", models.CharField(max_length=80)),
                ("suffix", models.CharField(blank=True, max_length=20)),
                ("preferred_first_name", models.CharField(blank=True, max_length=80)),
                ("preferred_middle_name", models.CharField(blank=True, max_length=80)),
                ("preferred_last_name", models.CharField(blank=True, max_length=80)),
                ("address", models.CharField(blank=True, max_length=300)),
                ("city", models.CharField(blank=True, max_length=80)),
                ("state", models.CharField(blank=True, max_length=40)),
                ("postal_code", models.CharField(blank=True, max_length=20)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("mobile", models.CharField(blank=True, max_length=40)),
                ("email", models.CharField(blank=True, max_length=254)),
                ("confidential", models.BooleanField(default=False)),
                ("local_id", models.CharField(blank=True, max_length=40)),
                ("username", models.CharField(blank=True, max_length=150)),
                ("language", models.CharField(blank=True, max_length=12)),
                (
                    "account",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="contact",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="NameWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=80)),
                ("kind", models.CharField(max_length=8)),
                ("object_id", models.BigIntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["word", "kind", "object_id"], name="people_name_word_0b3b67_idx"),
                    models.Index(fields=["kind", "object_id"], name="people_name_kind_80fed8_idx"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=32)),
                ("object_id", models.BigIntegerField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("account_id", models.BigIntegerField(null=True)),
                ("source", models.CharField(blank=True, max_length=64)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["kind", "object_id", "at"], name="people_revi_kind_0e12d5_idx")
                ],
            },
        ),
        migrations.CreateModel(
            name="SourceKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=64)),
                ("kind", models.CharField(max_length=32)),
                ("key", models.CharField(max_length=255)),
                ("object_id", models.BigIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "object_id"], name="people_sour_kind_c978bd_idx")],
                "constraints": [
                    models.UniqueConstraint(fields=("source", "kind", "key"), name="one_row_per_source_key")
                ],
            },
        ),
        migrations.CreateModel(
            name="Staff",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sourced_id", models.UUIDField(editable=False, unique=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("first_name", models.CharField(max_length=80)),
                ("middle_name", models.CharField(blank=True, max_length=80)),
                ("last_name", models.CharField(max_length=80)),
                ("suffix", models.CharField(blank=True, max_length=20)),
                ("preferred_first_name", models.CharField(blank=True, max_length=80)),
                ("preferred_middle_name", models.CharField(blank=True, max_length=80)),
                ("preferred_last_name", models.CharField(blank=True, max_length=80)),
                ("address", models.CharField(blank=True, max_length=300)),
                ("city", models.CharField(blank=True, max_length=80)),
                ("state", models.CharField(blank=True, max_length=40)),
                ("postal_code", models.CharField(blank=True, max_length=20)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("mobile", models.CharField(blank=True, max_length=40)),
                ("email", models.CharField(blank=True, max_length=254)),
                ("confidential", models.BooleanField(default=False)),
                ("local_id", models.CharField(blank=True, db_index=True, max_length=40)),
                ("state_id", models.CharField(blank=True, db_index=True, max_length=40)),
                ("username", models.CharField(blank=True, max_length=150)),
                ("sex", models.CharField(blank=True, max_length=12)),
                ("birth_date", models.DateField(null=True)),
                ("hire_date", models.DateField(null=True)),
                ("end_date", models.DateField(null=True)),
                (
                    "account",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="staff",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "staff",
            },
        ),
        migrations.CreateModel(
            name="RosterAct",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("verb", models.CharField(max_length=24)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("account_id", models.BigIntegerField(null=True)),
                ("actor_name", models.CharField(blank=True, max_length=160)),
                ("source", models.CharField(blank=True, max_length=64)),
                ("reason", models.CharField(blank=True, max_length=500)),
                (
                    "undoes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone_by",
                        to="people.rosteract",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roster_acts",
                        to="people.student",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["student", "at"], name="people_rost_student_fdc08c_idx")],
            },
        ),
        migrations.CreateModel(
            name="School",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sourced_id", models.UUIDField(editable=False, unique=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("name", models.CharField(max_length=200)),
                ("short_name", models.CharField(blank=True, max_length=60)),
                ("state_id", models.CharField(blank=True, max_length=40)),
                ("level", models.CharField(blank=True, max_length=60)),
                ("grades", models.JSONField(default=list)),
                ("address", models.CharField(blank=True, max_length=300)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("website", models.CharField(blank=True, max_length=300)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="schools",
                        to="people.agency",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="StudentDemographics",
            fields=[
                (
                    "student",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="demographics",
                        serialize=False,
                        to="people.student",
                    ),
                ),
                ("birth_date", models.DateField(null=True)),
                ("sex", models.CharField(blank=True, max_length=12)),
                ("hispanic", models.BooleanField(null=True)),
                ("american_indian", models.BooleanField(default=False)),
                ("asian", models.BooleanField(default=False)),
                ("black", models.BooleanField(default=False)),
                ("pacific_islander", models.BooleanField(default=False)),
                ("white", models.BooleanField(default=False)),
                ("two_or_more_races", models.BooleanField(default=False)),
                ("home_language", models.CharField(blank=True, max_length=60)),
                ("birth_country", models.CharField(blank=True, max_length=60)),
                ("birth_state", models.CharField(blank=True, max_length=60)),
                ("birth_city", models.CharField(blank=True, max_length=80)),
                ("residence_status", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "verbose_name_plural": "student demographics",
                "indexes": [models.Index(fields=["birth_date"], name="people_stud_birth_d_69fbd8_idx")],
            },
        ),
        migrations.CreateModel(
            name="StudentDirectory",
            fields=[
                ("address", models.CharField(blank=True, max_length=300)),
                ("city", models.CharField(blank=True, max_length=80)),
                ("state", models.CharField(blank=True, max_length=40)),
                ("postal_code", models.CharField(blank=True, max_length=20)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("mobile", models.CharField(blank=True, max_length=40)),
                ("email", models.CharField(blank=True, max_length=254)),
                ("confidential", models.BooleanField(default=False)),
                (
                    "student",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="directory",
                        serialize=False,
                        to="people.student",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "student directories",
            },
        ),
        migrations.CreateModel(
            name="ProgramParticipation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("english_learner", "ENGLISH_LEARNER"),
                            ("special_education", "SPECIAL_EDUCATION"),
                            ("section_504", "SECTION_504"),
                            ("meals", "MEALS"),
                            ("foster", "FOSTER"),
                            ("homeless", "HOMELESS"),
                            ("migrant", "MIGRANT"),
                            ("other", "OTHER"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120)),
                ("begin", models.DateField()),
                ("end", models.DateField(null=True)),
                ("detail", models.CharField(blank=True, max_length=200)),
                ("exit_reason", models.CharField(blank=True, max_length=120)),
                ("source", models.CharField(blank=True, max_length=64)),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="program_participations",
                        to="people.student",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["kind", "begin", "end"], name="people_prog_kind_fdbc6d_idx")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("student", "kind", "name", "begin", "detail"),
                        name="one_participation_per_begin",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CourtOrder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("bars_access", models.BooleanField(default=True)),
                ("begin", models.DateField()),
                ("end", models.DateField(blank=True, null=True)),
                ("reference", models.CharField(max_length=120)),
                ("note", models.CharField(blank=True, max_length=500)),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="court_orders",
                        to="people.contact",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="court_orders",
                        to="people.student",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["contact", "student", "begin"], name="people_cour_contact_0deac3_idx"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Caseload",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("begin", models.DateField()),
                ("end", models.DateField(blank=True, null=True)),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="caseload",
                        to="people.staff",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="caseload_links",
                        to="people.student",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["staff", "begin"], name="people_case_staff_i_48e417_idx")],
                "constraints": [
                    models.UniqueConstraint(fields=("staff", "student", "begin"), name="caseload_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="StudentContact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("relation", models.CharField(max_length=60)),
                ("has_rights", models.BooleanField(default=True)),
                ("primary", models.BooleanField(default=False)),
                ("lives_with", models.BooleanField(null=True)),
                ("emergency", models.BooleanField(default=False)),
                ("may_pick_up", models.BooleanField(default=True)),
                ("portal_access", models.BooleanField(default=True)),
                ("order", models.PositiveSmallIntegerField(default=1)),
                ("begin", models.DateField(null=True)),
                ("end", models.DateField(null=True)),
                ("source", models.CharField(blank=True, max_length=64)),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="student_links",
                        to="people.contact",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contact_links",
                        to="people.student",
                    ),
                ),
            ],
            options={
                "ordering": ["order", "id"],
                "indexes": [
                    models.Index(fields=["contact", "student"], name="people_stud_contact_ba1437_idx")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("student", "contact"), name="one_link_per_student_and_contact"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StudentIdentifier",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("system", models.CharField(max_length=40)),
                ("value", models.CharField(max_length=80)),
                ("restricted", models.BooleanField(default=False)),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="identifiers",
                        to="people.student",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("student", "system", "value"), name="identifier_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Course",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sourced_id", models.UUIDField(editable=False, unique=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("code", models.CharField(max_length=60)),
                ("title", models.CharField(max_length=200)),
                ("description", models.CharField(blank=True, max_length=1000)),
                ("subject", models.CharField(blank=True, max_length=120)),
                ("subject_code", models.CharField(blank=True, max_length=40)),
                ("school_year", models.PositiveSmallIntegerField(null=True)),
                ("grades", models.JSONField(default=list)),
                (
                    "school",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="courses",
                        to="people.school",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AcademicSession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sourced_id", models.UUIDField(editable=False, unique=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("schoolYear", "SCHOOL_YEAR"),
                            ("semester", "SEMESTER"),
                            ("term", "TERM"),
                            ("gradingPeriod", "GRADING_PERIOD"),
                        ],
                        max_length=16,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("school_year", models.PositiveSmallIntegerField()),
                ("begin", models.DateField()),
                ("end", models.DateField()),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="people.academicsession",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="people.school",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["school_year", "kind"], name="people_acad_school__2cac1e_idx")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("end__gte", models.F("begin"))), name="session_ends_after_begin"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Room",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sourced_id", models.UUIDField(editable=False, unique=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("name", models.CharField(max_length=60)),
                ("seats", models.PositiveSmallIntegerField(null=True)),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rooms", to="people.school"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("school", "name"), name="one_room_per_name")],
            },
        ),
        migrations.CreateModel(
            name="RoleGrant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("role", models.CharField(max_length=24)),
                ("begin", models.DateField()),
                ("end", models.DateField(blank=True, null=True)),
                ("granted_by_id", models.BigIntegerField(null=True)),
                ("confirmed_by_id", models.BigIntegerField(null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="role_grants",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.school",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["account", "begin"], name="people_role_account_b82d66_idx")],
            },
        ),
        migrations.CreateModel(
            name="ClassPeriod",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sourced_id", models.UUIDField(editable=False, unique=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("name", models.CharField(max_length=60)),
                ("order", models.PositiveSmallIntegerField()),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="periods",
                        to="people.school",
                    ),
                ),
            ],
            options={
                "ordering": ["school", "order"],
                "constraints": [
                    models.UniqueConstraint(fields=("school", "name"), name="one_period_per_name")
                ],
            },
        ),
        migrations.CreateModel(
            name="Calendar",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sourced_id", models.UUIDField(editable=False, unique=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("school_year", models.PositiveSmallIntegerField()),
                ("track", models.CharField(default="A", max_length=20)),
                ("name", models.CharField(blank=True, max_length=120)),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calendars",
                        to="people.school",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("school", "school_year", "track"), name="one_calendar_per_track"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BellSchedule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sourced_id", models.UUIDField(editable=False, unique=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("name", models.CharField(max_length=80)),
                ("day_types", models.JSONField(default=list)),
                ("letters", models.JSONField(default=list)),
                ("grades", models.JSONField(default=list)),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bell_schedules",
                        to="people.school",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("school", "name"), name="one_bell_schedule_per_name")
                ],
            },
        ),
        migrations.CreateModel(
            name="StaffAssignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("superintendent", "SUPERINTENDENT"),
                            ("principal", "PRINCIPAL"),
                            ("teacher", "TEACHER"),
                            ("substitute", "SUBSTITUTE"),
                            ("counselor", "COUNSELOR"),
                            ("nurse", "NURSE"),
                            ("registrar", "REGISTRAR"),
                            ("attendance_clerk", "ATTENDANCE_CLERK"),
                            ("aide", "AIDE"),
                            ("case_manager", "CASE_MANAGER"),
                            ("coach", "COACH"),
                            ("food_service", "FOOD_SERVICE"),
                            ("assessment_coordinator", "ASSESSMENT_COORDINATOR"),
                            ("state_reporting", "STATE_REPORTING"),
                            ("hr", "HR"),
                            ("business_office", "BUSINESS_OFFICE"),
                            ("technology_chief", "TECHNOLOGY_CHIEF"),
                            ("system_administrator", "SYSTEM_ADMINISTRATOR"),
                            ("privacy_officer", "PRIVACY_OFFICER"),
                            ("other", "OTHER"),
                        ],
                        max_length=24,
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=120)),
                ("classification", models.CharField(blank=True, max_length=80)),
                ("primary", models.BooleanField(default=True)),
                ("begin", models.DateField()),
                ("end", models.DateField(blank=True, null=True)),
                ("source", models.CharField(blank=True, max_length=64)),
                (
                    "school",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="staff_assignments",
                        to="people.school",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
                        to="people.staff",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["staff", "begin"], name="people_staf_staff_i_4ae835_idx"),
                    models.Index(fields=["school", "role"], name="people_staf_school__a4b8b6_idx"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SchoolEnrollment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sourced_id", models.UUIDField(db_index=True)),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                ("source", models.CharField(blank=True, max_length=64)),
                ("source_key", models.CharField(blank=True, max_length=255)),
                ("school_year", models.PositiveSmallIntegerField()),
                ("grade", models.CharField(max_length=8)),
                ("entry", models.DateField()),
                ("entry_code", models.CharField(blank=True, max_length=20)),
                ("exit", models.DateField(null=True)),
                ("exit_code", models.CharField(blank=True, max_length=20)),
                ("completion_code", models.CharField(blank=True, max_length=20)),
                ("status", models.CharField(default="primary", max_length=12)),
                ("program", models.CharField(default="regular", max_length=20)),
                ("track", models.CharField(default="A", max_length=20)),
                ("ada_eligible", models.BooleanField(default=True)),
                ("residence_district", models.CharField(blank=True, max_length=40)),
                (
                    "recorded_in",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.rosteract"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="school_enrollments",
                        to="people.school",
                    ),
                ),
                (
                    "superseded_in",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.rosteract",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="school_enrollments",
                        to="people.student",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("superseded_at", None)),
                        fields=["student", "entry"],
                        name="school_enr_student",
                    ),
                    models.Index(
                        condition=models.Q(("superseded_at", None)),
                        fields=["school", "school_year", "entry", "exit"],
                        name="school_enr_school",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("sourced_id",),
                        name="one_current_school_enrollment",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CourseOffering",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sourced_id", models.UUIDField(editable=False, unique=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("local_code", models.CharField(blank=True, max_length=60)),
                ("title", models.CharField(blank=True, max_length=200)),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offerings",
                        to="people.course",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offerings",
                        to="people.academicsession",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offerings",
                        to="people.school",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CalendarDate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                (
                    "day_type",
                    models.CharField(
                        choices=[
                            ("taught", "TAUGHT"),
                            ("minimum", "MINIMUM"),
                            ("make_up", "MAKE_UP"),
                            ("staff_only", "STAFF_ONLY"),
                            ("holiday", "HOLIDAY"),
                            ("closure", "CLOSURE"),
                        ],
                        max_length=12,
                    ),
                ),
                ("cycle_letter", models.CharField(blank=True, max_length=4)),
                ("school_month", models.PositiveSmallIntegerField(null=True)),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dates",
                        to="people.calendar",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["day", "day_type"], name="people_cale_day_bf9169_idx")],
                "constraints": [
                    models.UniqueConstraint(fields=("calendar", "day"), name="one_row_per_calendar_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="BellTimeRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("begin", models.TimeField()),
                ("end", models.TimeField()),
                ("minutes", models.PositiveSmallIntegerField()),
                (
                    "bell_schedule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="times",
                        to="people.bellschedule",
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.classperiod"
                    ),
                ),
            ],
            options={
                "ordering": ["begin"],
                "constraints": [
                    models.UniqueConstraint(fields=("bell_schedule", "period"), name="one_time_per_period")
                ],
            },
        ),
        migrations.CreateModel(
            name="Section",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sourced_id", models.UUIDField(editable=False, unique=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("code", models.CharField(max_length=80)),
                ("title", models.CharField(max_length=200)),
                ("homeroom", models.BooleanField(default=False)),
                ("location", models.CharField(blank=True, max_length=120)),
                ("grades", models.JSONField(default=list)),
                (
                    "offering",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sections",
                        to="people.courseoffering",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sections",
                        to="people.school",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["school", "title"], name="people_sect_school__b450eb_idx")],
            },
        ),
        migrations.CreateModel(
            name="SectionMeeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("letter", models.CharField(blank=True, max_length=4)),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="people.classperiod",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="people.room",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meetings",
                        to="people.section",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("section", "period", "letter"), name="one_meeting_per_period"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SectionSession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="extra_sessions",
                        to="people.section",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.academicsession",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("section", "session"), name="section_session_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SectionStaff",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "position",
                    models.CharField(
                        choices=[
                            ("teacher_of_record", "TEACHER_OF_RECORD"),
                            ("co_teacher", "CO_TEACHER"),
                            ("aide", "AIDE"),
                        ],
                        max_length=20,
                    ),
                ),
                ("begin", models.DateField()),
                ("end", models.DateField(null=True)),
                ("sourced_id", models.UUIDField(unique=True)),
                ("source", models.CharField(blank=True, max_length=64)),
                ("source_key", models.CharField(blank=True, max_length=255)),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="staff_links",
                        to="people.section",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="section_links",
                        to="people.staff",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "section staff",
                "indexes": [
                    models.Index(fields=["staff", "begin", "end"], name="people_sect_staff_i_029c1d_idx")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("section", "staff", "begin"), name="one_section_staff_per_begin"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SectionEnrollment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sourced_id", models.UUIDField(db_index=True)),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                ("source", models.CharField(blank=True, max_length=64)),
                ("source_key", models.CharField(blank=True, max_length=255)),
                ("begin", models.DateField()),
                ("end", models.DateField(null=True)),
                ("homeroom", models.BooleanField(default=False)),
                (
                    "recorded_in",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.rosteract"
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="section_enrollments",
                        to="people.section",
                    ),
                ),
                (
                    "superseded_in",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.rosteract",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="section_enrollments",
                        to="people.student",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("superseded_at", None)),
                        fields=["section", "begin", "end"],
                        name="section_enr_section",
                    ),
                    models.Index(
                        condition=models.Q(("superseded_at", None)),
                        fields=["student", "begin"],
                        name="section_enr_student",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("sourced_id",),
                        name="one_current_section_enrollment",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Substitution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                (
                    "acting_for",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.staff",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="substitutions",
                        to="people.section",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="substitutions",
                        to="people.staff",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["staff", "day"], name="people_subs_staff_i_7fb80b_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("section", "staff", "day"), name="one_substitution_per_day"
                    )
                ],
            },
        ),
    ]
