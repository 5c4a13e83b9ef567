import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="AttendanceCodeRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=3)),
                ("key", models.CharField(max_length=1)),
                ("titles", models.JSONField(default=dict)),
                ("kind", models.CharField(max_length=8)),
                ("reason", models.CharField(max_length=10)),
                ("state_category", models.CharField(max_length=32)),
                ("rank", models.PositiveSmallIntegerField()),
                ("begin", models.DateField()),
                ("end", models.DateField(blank=True, null=True)),
                ("tardy", models.BooleanField(default=False)),
                ("left_early", models.BooleanField(default=False)),
                ("earns_ada", models.BooleanField(default=False)),
                ("counts_for_truancy", models.BooleanField(default=False)),
                ("office_only", models.BooleanField(default=False)),
                ("default", models.BooleanField(default=False)),
                ("prefill", models.BooleanField(default=False)),
                ("future", models.BooleanField(default=False)),
                ("needs_comment", models.BooleanField(default=False)),
                ("needs_minutes", models.BooleanField(default=False)),
                ("on_site", models.BooleanField(default=True)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("color", models.CharField(blank=True, max_length=20)),
            ],
            options={
                "ordering": ["order", "code"],
                "constraints": [models.UniqueConstraint(fields=("code", "begin"), name="one_code_per_begin")],
            },
        ),
        migrations.CreateModel(
            name="KnownAbsenceRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("begin", models.DateField()),
                ("end", models.DateField()),
                ("code", models.CharField(blank=True, max_length=3)),
                ("periods", models.JSONField(default=list)),
                ("state", models.CharField(default="accepted", max_length=10)),
                ("comment", models.CharField(blank=True, max_length=300)),
                ("reported_at", models.DateTimeField(auto_now_add=True)),
                ("account_id", models.BigIntegerField(null=True)),
                ("by_name", models.CharField(blank=True, max_length=160)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by", models.CharField(blank=True, max_length=160)),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.student"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["student", "begin", "end"], name="attendance__student_47d76b_idx"),
                    models.Index(fields=["state", "begin"], name="attendance__state_f60528_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("end__gte", models.F("begin"))),
                        name="known_absence_ends_after_begin",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("contact_id", models.BigIntegerField(null=True)),
                ("school_year", models.PositiveSmallIntegerField()),
                ("rules", models.CharField(max_length=20)),
                ("step", models.PositiveSmallIntegerField()),
                ("template", models.CharField(max_length=60)),
                ("language", models.CharField(max_length=12)),
                ("state", models.CharField(default="proposed", max_length=10)),
                ("evidence", models.JSONField(default=list)),
                ("addressee", models.CharField(blank=True, max_length=200)),
                ("address", models.CharField(blank=True, max_length=400)),
                ("channel", models.CharField(blank=True, max_length=10)),
                ("text", models.TextField(blank=True)),
                ("pdf_sha256", models.CharField(blank=True, max_length=64)),
                ("result", models.CharField(blank=True, max_length=200)),
                ("proposed_at", models.DateTimeField(auto_now_add=True)),
                ("hold_reason", models.CharField(blank=True, max_length=300)),
                ("sent_at", models.DateTimeField(null=True)),
                ("sent_by", models.CharField(blank=True, max_length=160)),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.school"
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.student"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["school", "state"], name="attendance__school__bb5573_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("student", "school_year", "step"), name="each_letter_once_a_school_year"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PupilDayRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("scheduled_tenths", models.PositiveIntegerField(default=0)),
                ("present_tenths", models.PositiveIntegerField(default=0)),
                ("fraction_n", models.PositiveIntegerField(default=1)),
                ("fraction_d", models.PositiveIntegerField(default=1)),
                ("category", models.CharField(max_length=32)),
                ("code", models.CharField(max_length=3)),
                ("state_day_present", models.BooleanField()),
                ("local_day_present", models.BooleanField()),
                ("earns_ada", models.BooleanField()),
                ("full_day_unexcused", models.BooleanField()),
                ("unexcused_gaps", models.JSONField(default=list)),
                ("occasions", models.PositiveSmallIntegerField(default=0)),
                ("complete", models.BooleanField(default=True)),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.school"
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.student"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["school", "day"], name="attendance__school__ffa344_idx")],
                "constraints": [
                    models.UniqueConstraint(fields=("student", "school", "day"), name="one_pupil_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="RecomputeRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.student"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RollSubmission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("slot", models.BigIntegerField(default=0)),
                ("version", models.PositiveIntegerField(default=1)),
                ("client_id", models.UUIDField(null=True)),
                ("submitted_at", models.DateTimeField()),
                ("account_id", models.BigIntegerField(null=True)),
                ("by_name", models.CharField(blank=True, max_length=160)),
                ("acting_for", models.CharField(blank=True, max_length=160)),
                ("on_paper", models.BooleanField(default=False)),
                ("enrolled", models.PositiveSmallIntegerField(default=0)),
                ("absent", models.PositiveSmallIntegerField(default=0)),
                ("tardy", models.PositiveSmallIntegerField(default=0)),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.section"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["day", "section"], name="attendance__day_1f9613_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("section", "day", "slot"), name="one_submission_per_meeting"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RollWaiver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("slot", models.BigIntegerField(default=0)),
                ("reason", models.CharField(max_length=300)),
                ("account_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.section"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("section", "day", "slot"), name="one_waiver_per_meeting")
                ],
            },
        ),
        migrations.CreateModel(
            name="SectionAttendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("slot", models.BigIntegerField(default=0)),
                ("teacher_code", models.CharField(blank=True, max_length=3)),
                ("teacher_at", models.DateTimeField(null=True)),
                ("teacher_by", models.CharField(blank=True, max_length=160)),
                ("acting_for", models.CharField(blank=True, max_length=160)),
                ("minutes_late", models.PositiveSmallIntegerField(null=True)),
                ("minutes_early", models.PositiveSmallIntegerField(null=True)),
                ("comment", models.CharField(blank=True, max_length=300)),
                ("office_code", models.CharField(blank=True, max_length=3)),
                ("office_at", models.DateTimeField(null=True)),
                ("office_by", models.CharField(blank=True, max_length=160)),
                ("office_comment", models.CharField(blank=True, max_length=300)),
                ("source", models.CharField(blank=True, max_length=64)),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.section"
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.student"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["section", "day", "slot"], name="attendance__section_ab2ff8_idx"),
                    models.Index(fields=["day"], name="attendance__day_a2c6fd_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("student", "section", "day", "slot"), name="one_attendance_per_meeting"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AttendanceChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("section_id", models.BigIntegerField(null=True)),
                ("slot", models.BigIntegerField(default=0)),
                ("at", models.DateTimeField()),
                ("account_id", models.BigIntegerField(null=True)),
                ("by_name", models.CharField(blank=True, max_length=160)),
                ("side", models.CharField(max_length=8)),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.student"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["student", "day"], name="attendance__student_f40eb0_idx")],
            },
        ),
        migrations.CreateModel(
            name="AttendanceLock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("through", models.DateField()),
                ("name", models.CharField(max_length=20)),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("locked_at", models.DateTimeField(auto_now_add=True)),
                ("account_id", models.BigIntegerField(null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("figures", models.JSONField(default=dict)),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.school"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("school", "through", "version"), name="one_lock_per_version"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AttendanceSettings",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("begin", models.DateField()),
                ("mode", models.CharField(default="period", max_length=8)),
                ("positive", models.BooleanField(default=False)),
                ("rules", models.CharField(default="us-ca", max_length=20)),
                ("day_method", models.CharField(blank=True, max_length=24)),
                ("back_post_days", models.PositiveSmallIntegerField(default=2)),
                ("forward_post_days", models.PositiveSmallIntegerField(default=0)),
                ("opens", models.TimeField(null=True)),
                ("closes", models.TimeField(null=True)),
                ("recent_days", models.PositiveSmallIntegerField(default=10)),
                ("remind_after_minutes", models.PositiveSmallIntegerField(default=15)),
                ("unmarked_become_absent", models.BooleanField(default=False)),
                ("silent_through", models.DateField(null=True)),
                (
                    "school",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.school",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "attendance settings",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("school", "begin"), name="one_attendance_setting_per_begin"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("kind", models.CharField(max_length=12)),
                ("text", models.CharField(max_length=1000)),
                ("account_id", models.BigIntegerField(null=True)),
                ("by_name", models.CharField(blank=True, max_length=160)),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.student"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["student", "at"], name="attendance__student_ea549b_idx")],
            },
        ),
        migrations.CreateModel(
            name="DayAttendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("office_code", models.CharField(max_length=3)),
                ("office_at", models.DateTimeField()),
                ("office_by", models.CharField(blank=True, max_length=160)),
                ("comment", models.CharField(blank=True, max_length=300)),
                ("source", models.CharField(blank=True, max_length=64)),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.school"
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.student"
                    ),
                ),
                (
                    "known_absence",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="attendance.knownabsencerow",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["school", "day"], name="attendance__school__e3b531_idx")],
                "constraints": [
                    models.UniqueConstraint(fields=("student", "school", "day"), name="one_day_attendance")
                ],
            },
        ),
    ]
