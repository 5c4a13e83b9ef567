"""A hand-written district in Ed-Fi 1.0: one school, two sections, two students; every interchange, all valid."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

SCHOOL = "<EducationalOrgIdentity><StateOrganizationId>9001</StateOrganizationId></EducationalOrgIdentity>"
DISTRICT = "<EducationalOrgIdentity><StateOrganizationId>9</StateOrganizationId></EducationalOrgIdentity>"


def student(number: str) -> str:
    return (
        "<StudentReference><StudentIdentity>"
        f"<StudentUniqueStateId>{number}</StudentUniqueStateId></StudentIdentity></StudentReference>"
    )


def staff(number: str, element: str = "StaffReference") -> str:
    return (
        f"<{element}><StaffIdentity><StaffUniqueStateId>{number}</StaffUniqueStateId>"
        f"</StaffIdentity></{element}>"
    )


def section(course: str, period: str, room: str) -> str:
    return f"""<SectionIdentity><StateOrganizationId>9001</StateOrganizationId>
      <LocalCourseCode>{course}</LocalCourseCode><SchoolYear>2010-2011</SchoolYear><Term>Fall Semester</Term>
      <ClassPeriodName>{period}</ClassPeriodName><Location>{room}</Location></SectionIdentity>"""


SESSION = "<SchoolYear>2010-2011</SchoolYear><Term>Fall Semester</Term>"

#: interchange -> children of its root
DISTRICT_XML: dict[str, str] = {
    "EducationOrganization": f"""
  <LocalEducationAgency id="LEA"><StateOrganizationId>9</StateOrganizationId>
    <NameOfInstitution>Elm District</NameOfInstitution>
    <OrganizationCategories><OrganizationCategory>Local Education Agency</OrganizationCategory></OrganizationCategories>
    <ProgramReference ref="P1"/><EducationServiceCenterReference ref="ESC"/></LocalEducationAgency>
  <EducationServiceCenter id="ESC"><StateOrganizationId>90</StateOrganizationId>
    <NameOfInstitution>Region 9</NameOfInstitution></EducationServiceCenter>
  <School id="S"><StateOrganizationId>9001</StateOrganizationId><NameOfInstitution>Elm High</NameOfInstitution>
    <ShortNameOfInstitution>EH</ShortNameOfInstitution>
    <Address AddressType="Mailing"><StreetNumberName>PO Box 1</StreetNumberName><City>Elm</City>
      <StateAbbreviation>TX</StateAbbreviation><PostalCode>70001</PostalCode></Address>
    <Address AddressType="Physical"><StreetNumberName>1 Elm St</StreetNumberName><City>Elm</City>
      <StateAbbreviation>TX</StateAbbreviation><PostalCode>70001</PostalCode></Address>
    <Telephone InstitutionTelephoneNumberType="Fax"><TelephoneNumber>111</TelephoneNumber></Telephone>
    <Telephone InstitutionTelephoneNumberType="Main"><TelephoneNumber>222</TelephoneNumber></Telephone>
    <GradesOffered><GradeLevel>Tenth grade</GradeLevel><GradeLevel>Ninth grade</GradeLevel></GradesOffered>
    <LocalEducationAgencyReference ref="LEA"/>
    <ClassPeriodReference ref="CP1"/><ClassPeriodReference ref="CP2"/>
    <LocationReference ref="R1"/><LocationReference ref="R2"/></School>
  <Location id="R1"><ClassroomIdentificationCode>101</ClassroomIdentificationCode>
    <MaximumNumberOfSeats>30</MaximumNumberOfSeats></Location>
  <Location id="R2"><ClassroomIdentificationCode>102</ClassroomIdentificationCode></Location>
  <ClassPeriod id="CP1"><ClassPeriodName>01 - Day</ClassPeriodName></ClassPeriod>
  <ClassPeriod id="CP2"><ClassPeriodName>02 - Day</ClassPeriodName></ClassPeriod>
  <Course id="C1"><CourseTitle>Algebra I</CourseTitle><NumberOfParts>1</NumberOfParts>
    <CourseCode IdentificationSystem="LEA course code"><ID>ALG-1</ID></CourseCode>
    <SubjectArea>Mathematics</SubjectArea><EducationOrganizationReference ref="S"/></Course>
  <Course id="C2"><CourseTitle>Art I</CourseTitle><NumberOfParts>1</NumberOfParts>
    <CourseCode IdentificationSystem="LEA course code"><ID>ART-1</ID></CourseCode>
    <EducationOrganizationReference ref="S"/></Course>
  <Program id="P1"><ProgramId>1</ProgramId><ProgramType>Special Education</ProgramType></Program>""",
    "EducationOrgCalendar": f"""
  <Session><SessionName>Traditional</SessionName>{SESSION}<BeginDate>2010-08-23</BeginDate>
    <EndDate>2010-08-25</EndDate><TotalInstructionalDays>2</TotalInstructionalDays>
    <EducationOrganizationReference>{SCHOOL}</EducationOrganizationReference>
    <GradingPeriodReference ref="G1"/></Session>
  <GradingPeriod id="G1"><GradingPeriod>First Six Weeks</GradingPeriod><BeginDate>2010-08-23</BeginDate>
    <EndDate>2010-08-25</EndDate><TotalInstructionalDays>2</TotalInstructionalDays>
    <CalendarDateReference ref="D1"/><CalendarDateReference ref="D2"/><CalendarDateReference ref="D3"/></GradingPeriod>
  <CalendarDate id="D1"><Date>2010-08-23</Date><CalendarEvent>Instructional day</CalendarEvent></CalendarDate>
  <CalendarDate id="D2"><Date>2010-08-24</Date><CalendarEvent>Holiday</CalendarEvent></CalendarDate>
  <CalendarDate id="D3"><Date>2010-08-25</Date><CalendarEvent>Instructional day</CalendarEvent></CalendarDate>""",
    "MasterSchedule": "".join(
        f"""
  <CourseOffering><LocalCourseCode>{course}</LocalCourseCode><SchoolReference>{SCHOOL}</SchoolReference>
    <SessionReference><SessionIdentity>{SESSION}</SessionIdentity></SessionReference>
    <CourseReference><CourseIdentity><CourseCode IdentificationSystem="LEA course code"><ID>{course}</ID>
    </CourseCode></CourseIdentity></CourseReference></CourseOffering>
  <Section><UniqueSectionCode>{course}-1</UniqueSectionCode><SequenceOfCourse>1</SequenceOfCourse>
    <AvailableCredit><Credit>1</Credit></AvailableCredit>
    <CourseOfferingReference><CourseOfferingIdentity><LocalCourseCode>{course}</LocalCourseCode>
      <Term>Fall Semester</Term><SchoolYear>2010-2011</SchoolYear></CourseOfferingIdentity></CourseOfferingReference>
    <SchoolReference>{SCHOOL}</SchoolReference>
    <LocationReference><LocationIdentity><ClassroomIdentificationCode>{room}</ClassroomIdentificationCode>
      </LocationIdentity></LocationReference>
    <ClassPeriodReference><ClassPeriodIdentity><ClassPeriodName>{period}</ClassPeriodName></ClassPeriodIdentity>
    </ClassPeriodReference></Section>"""
        for course, period, room in (("ALG-1", "01 - Day", "101"), ("ART-1", "02 - Day", "102"))
    ),
    "StaffAssociation": f"""
  <Staff><StaffUniqueStateId>70</StaffUniqueStateId>
    <Name><FirstName>Pat</FirstName><LastSurname>Poe</LastSurname></Name>
    <Sex>Female</Sex><ElectronicMail EmailAddressType="Work"><EmailAddress>poe@example.org</EmailAddress></ElectronicMail></Staff>
  <Teacher><StaffUniqueStateId>71</StaffUniqueStateId>
    <Name><FirstName>Tam</FirstName><LastSurname>Tey</LastSurname></Name><Race/>
    <Credentials><CredentialType>Certification</CredentialType>
      <CredentialField><Description>Mathematics</Description></CredentialField></Credentials>
    <TeacherUniqueStateId>71</TeacherUniqueStateId><HighlyQualifiedTeacher>true</HighlyQualifiedTeacher></Teacher>
  <StaffEducationOrgEmploymentAssociation>{staff("71")}
    <EducationOrganizationReference>{DISTRICT}</EducationOrganizationReference>
    <EmploymentStatus>Tenured or permanent</EmploymentStatus>
    <EmploymentPeriod><HireDate>2007-02-09</HireDate></EmploymentPeriod>
    <FullTimeEquivalency>100</FullTimeEquivalency></StaffEducationOrgEmploymentAssociation>
  <StaffEducationOrgAssignmentAssociation>{staff("70")}
    <EducationOrganizationReference>{DISTRICT}</EducationOrganizationReference>
    <StaffClassification>Superintendent</StaffClassification><BeginDate>2009-07-01</BeginDate>
    </StaffEducationOrgAssignmentAssociation>
  <StaffEducationOrgAssignmentAssociation>{staff("71")}
    <EducationOrganizationReference>{SCHOOL}</EducationOrganizationReference>
    <StaffClassification>Teacher</StaffClassification><PositionTitle>Math teacher</PositionTitle>
    <BeginDate>2007-02-09</BeginDate></StaffEducationOrgAssignmentAssociation>
  <TeacherSchoolAssociation>{staff("71", "TeacherReference")}<SchoolReference>{SCHOOL}</SchoolReference>
    <ProgramAssignment>Regular Education</ProgramAssignment></TeacherSchoolAssociation>
  <TeacherSectionAssociation>{staff("71", "TeacherReference")}
    <SectionReference>{section("ALG-1", "01 - Day", "101")}</SectionReference>
    <ClassroomPosition>Teacher of Record</ClassroomPosition></TeacherSectionAssociation>
  <LeaveEvent><EventDate>2010-08-25</EventDate><LeaveEventCategory>Sick leave</LeaveEventCategory>{staff("71")}</LeaveEvent>
  <CredentialFieldDescriptor><CodeValue>16</CodeValue><Description>Mathematics</Description></CredentialFieldDescriptor>""",
    "StudentParent": """
  <Student id="ST1"><StudentUniqueStateId>501</StudentUniqueStateId>
    <StudentIdentificationCode IdentificationSystem="Local"><IdentificationCode>1</IdentificationCode></StudentIdentificationCode>
    <StudentIdentificationCode IdentificationSystem="SSN"><IdentificationCode>123456789</IdentificationCode></StudentIdentificationCode>
    <Name Verification="Passport"><FirstName> Ann </FirstName><LastSurname>Ash</LastSurname></Name>
    <Sex>Female</Sex><BirthData><BirthDate>1996-01-02</BirthDate></BirthData>
    <Telephone TelephoneNumberType="Home" PrimaryTelephoneNumberIndicator="false"><TelephoneNumber>1</TelephoneNumber></Telephone>
    <Telephone TelephoneNumberType="Work" PrimaryTelephoneNumberIndicator="true"><TelephoneNumber>2</TelephoneNumber></Telephone>
    <Telephone TelephoneNumberType="Mobile" PrimaryTelephoneNumberIndicator="false"><TelephoneNumber>3</TelephoneNumber></Telephone>
    <Telephone TelephoneNumberType="Fax" PrimaryTelephoneNumberIndicator="false"><TelephoneNumber>4</TelephoneNumber></Telephone>
    <HispanicLatinoEthnicity>true</HispanicLatinoEthnicity><OldEthnicity>Hispanic</OldEthnicity>
    <Race><RacialCategory>Asian</RacialCategory><RacialCategory>White</RacialCategory></Race>
    <HomeLanguages><Language>Turkish </Language></HomeLanguages></Student>
  <Student id="ST2"><StudentUniqueStateId>502</StudentUniqueStateId>
    <Name><FirstName>Bo</FirstName><LastSurname>Birch</LastSurname></Name><Sex>Male</Sex><Race/></Student>
  <Parent id="PA1"><ParentUniqueStateId>601</ParentUniqueStateId>
    <Name><FirstName>Cy</FirstName><LastSurname>Ash</LastSurname></Name>
    <ElectronicMail EmailAddressType="Work"><EmailAddress>cy@example.org</EmailAddress></ElectronicMail></Parent>
  <Parent id="PA2"><ParentUniqueStateId>602</ParentUniqueStateId>
    <Name><FirstName>Dee</FirstName><LastSurname>Ash</LastSurname></Name></Parent>
  <StudentParentAssociation><StudentReference ref="ST1"/><ParentReference ref="PA1"/><Relation>Grandmother</Relation>
    <PrimaryContactStatus>false</PrimaryContactStatus><LivesWith>false</LivesWith>
    <EmergencyContactStatus>true</EmergencyContactStatus></StudentParentAssociation>
  <StudentParentAssociation><StudentReference ref="ST1"/><ParentReference ref="PA2"/><Relation>Mother</Relation>
    <PrimaryContactStatus>true</PrimaryContactStatus><LivesWith>true</LivesWith>
    <EmergencyContactStatus>true</EmergencyContactStatus></StudentParentAssociation>""",
    "StudentEnrollment": f"""
  <StudentSchoolAssociation>{student("501")}<SchoolReference>{SCHOOL}</SchoolReference>
    <EntryDate>2010-08-23</EntryDate><EntryGradeLevel>Ninth grade</EntryGradeLevel>
    <GraduationPlanReference ref="GP"/></StudentSchoolAssociation>
  <StudentSchoolAssociation>{student("502")}<SchoolReference>{SCHOOL}</SchoolReference>
    <EntryDate>2010-08-23</EntryDate><EntryGradeLevel>Tenth grade</EntryGradeLevel></StudentSchoolAssociation>
  <StudentSectionAssociation>{student("501")}<SectionReference>{section("ALG-1", "01 - Day", "101")}</SectionReference>
    <BeginDate>2010-08-23</BeginDate><EndDate>2010-08-25</EndDate><HomeroomIndicator>true</HomeroomIndicator>
    </StudentSectionAssociation>
  <StudentSectionAssociation>{student("501")}<SectionReference>{section("ART-1", "02 - Day", "102")}</SectionReference>
    <BeginDate>2010-08-23</BeginDate><EndDate>2010-08-25</EndDate></StudentSectionAssociation>
  <StudentSectionAssociation>{student("502")}<SectionReference>{section("ART-1", "02 - Day", "102")}</SectionReference>
    <BeginDate>2010-08-23</BeginDate><EndDate>2010-08-25</EndDate><HomeroomIndicator>true</HomeroomIndicator>
    </StudentSectionAssociation>
  <GraduationPlan id="GP"><GraduationPlanType>Minimum</GraduationPlanType>
    <TotalCreditsRequired><Credit>26</Credit></TotalCreditsRequired>
    <EducationOrganizationReference>{SCHOOL}</EducationOrganizationReference></GraduationPlan>""",
    "StudentProgram": f"""
  <StudentProgramAssociation>{student("502")}<ProgramReference><ProgramIdentity>
    <ProgramType>Special Education</ProgramType><StateOrganizationId>9</StateOrganizationId></ProgramIdentity></ProgramReference>
    <BeginDate>2010-08-30</BeginDate><EducationOrganizationReference>{DISTRICT}</EducationOrganizationReference>
    <Services><ShortDescription>Speech therapy</ShortDescription></Services></StudentProgramAssociation>
  <ServiceDescriptor><CodeValue>A</CodeValue><ShortDescription>Speech therapy</ShortDescription></ServiceDescriptor>""",
    "StudentAttendance": f"""
  <AttendanceEvent><EventDate>2010-08-25</EventDate><AttendanceEventType>Section Attendance</AttendanceEventType>
    <AttendanceEventCategory>Unexcused Absence</AttendanceEventCategory>
    <AttendanceEventReason>Absent unexcused</AttendanceEventReason>
    {student("501")}<SectionReference>{section("ALG-1", "01 - Day", "101")}</SectionReference></AttendanceEvent>""",
    "StudentGrade": f"""
  <StudentAcademicRecord id="AR1"><CumulativeCreditsEarned><Credit>14</Credit></CumulativeCreditsEarned>{student("501")}
    <SessionReference><SessionIdentity><StateOrganizationId>9001</StateOrganizationId>{SESSION}</SessionIdentity>
    </SessionReference></StudentAcademicRecord>
  <CourseTranscript><CourseAttemptResult>Fail</CourseAttemptResult><CreditsAttempted><Credit>1</Credit></CreditsAttempted>
    <CreditsEarned><Credit>0.5</Credit></CreditsEarned><GradeLevelWhenTaken>Ninth grade</GradeLevelWhenTaken>
    <FinalLetterGradeEarned>F</FinalLetterGradeEarned><FinalNumericGradeEarned>60</FinalNumericGradeEarned>
    <CourseReference><CourseIdentity><CourseCode IdentificationSystem="LEA course code"><ID>ALG-1</ID></CourseCode>
    </CourseIdentity></CourseReference><EducationOrganizationReference>{SCHOOL}</EducationOrganizationReference>
    <StudentAcademicRecordReference ref="AR1"/></CourseTranscript>
  <Grade><NumericGradeEarned>76</NumericGradeEarned><GradeType>Grading Period</GradeType>
    <StudentSectionAssociationReference><StudentSectionAssociationIdentity>
    <StudentIdentity><StudentUniqueStateId>501</StudentUniqueStateId></StudentIdentity>
    {section("ALG-1", "01 - Day", "101")}</StudentSectionAssociationIdentity></StudentSectionAssociationReference>
    <GradingPeriodReference><GradingPeriodIdentity><GradingPeriod>First Six Weeks</GradingPeriod>
    <SchoolYear>2010-2011</SchoolYear><StateOrganizationId>9001</StateOrganizationId></GradingPeriodIdentity>
    </GradingPeriodReference></Grade>""",
    "StudentDiscipline": f"""
  <DisciplineIncident id="DI"><IncidentIdentifier>10</IncidentIdentifier><IncidentDate>2010-08-23</IncidentDate>
    <IncidentTime>09:00:00</IncidentTime><IncidentLocation>Classroom</IncidentLocation>
    <Behaviors><CodeValue>21</CodeValue><ShortDescription>CONDUCT</ShortDescription></Behaviors>
    <SchoolReference>{SCHOOL}</SchoolReference>{staff("71")}</DisciplineIncident>
  <StudentDisciplineIncidentAssociation>{student("502")}<DisciplineIncidentReference ref="DI"/>
    <StudentParticipationCode>Perpetrator</StudentParticipationCode></StudentDisciplineIncidentAssociation>
  <DisciplineAction id="DA"><DisciplineActionIdentifier>10</DisciplineActionIdentifier>
    <Disciplines><CodeValue>6</CodeValue><ShortDescription>ISS</ShortDescription></Disciplines>
    <DisciplineDate>2010-08-23</DisciplineDate><DisciplineActionLength>3</DisciplineActionLength>{student("502")}
    <DisciplineIncidentReference><DisciplineIncidentIdentity><IncidentIdentifier>10</IncidentIdentifier>
    <StateOrganizationId>9001</StateOrganizationId></DisciplineIncidentIdentity></DisciplineIncidentReference>
    <ResponsibilitySchoolReference>{SCHOOL}</ResponsibilitySchoolReference></DisciplineAction>
  <BehaviorDescriptor><CodeValue>21</CodeValue></BehaviorDescriptor>
  <DisciplineDescriptor><CodeValue>6</CodeValue></DisciplineDescriptor>""",
    "AssessmentMetadata": """
  <Assessment id="T1"><AssessmentTitle>TAKS</AssessmentTitle><AcademicSubject>Reading</AcademicSubject>
    <GradeLevelAssessed>Ninth grade</GradeLevelAssessed><Version>2010</Version><MaxRawScore>42</MaxRawScore>
    <ObjectiveAssessmentReference ref="OA1"/></Assessment>
  <PerformanceLevelDescriptor id="ID_1"><Description>Met Standard</Description></PerformanceLevelDescriptor>
  <ObjectiveAssessment id="OA1"><IdentificationCode>READ9-1</IdentificationCode><MaxRawScore>10</MaxRawScore>
    <LearningObjectiveReference ref="LO1"/></ObjectiveAssessment>
  <LearningObjective id="LO1"><Objective>Understanding</Objective><AcademicSubject>Reading</AcademicSubject>
    <ObjectiveGradeLevel>Ninth grade</ObjectiveGradeLevel></LearningObjective>""",
    "StudentAssessment": f"""
  <StudentReference id="SR1"><StudentIdentity><StudentUniqueStateId>501</StudentUniqueStateId></StudentIdentity></StudentReference>
  <AssessmentReference id="AR"><AssessmentIdentity><AssessmentTitle>TAKS </AssessmentTitle>
    <AcademicSubject>Reading</AcademicSubject><GradeLevelAssessed>Ninth grade</GradeLevelAssessed><Version>2010</Version>
    </AssessmentIdentity></AssessmentReference>
  <StudentAssessment id="R1"><AdministrationDate>2007-04-01</AdministrationDate>
    <ScoreResults AssessmentReportingMethod="Raw score"><Result>34</Result></ScoreResults>
    <PerformanceLevels><Description>Met Standard</Description><PerformanceLevelMet>true</PerformanceLevelMet></PerformanceLevels>
    <StudentReference ref="SR1"/><AssessmentReference ref="AR"/></StudentAssessment>
  <StudentAssessment><AdministrationDate>2010-04-01</AdministrationDate><ReasonNotTested>Absent</ReasonNotTested>
    {student("502")}<AssessmentReference ref="AR"/></StudentAssessment>
  <StudentObjectiveAssessment><ScoreResults AssessmentReportingMethod="Raw score"><Result>8</Result></ScoreResults>
    <StudentTestAssessmentReference ref="R1"/><ObjectiveAssessmentReference><ObjectiveAssessmentIdentity>
    <ObjectiveAssessmentIdentificationCode>READ9-1</ObjectiveAssessmentIdentificationCode></ObjectiveAssessmentIdentity>
    </ObjectiveAssessmentReference></StudentObjectiveAssessment>""",
}


def document(interchange: str, children: str) -> str:
    """A whole file."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Interchange{interchange} xmlns="http://ed-fi.org/0100">{children}\n</Interchange{interchange}>\n'
    )


def write_district(folder: Path, **replaced: str) -> Path:
    """Write the district to ``folder``; ``replaced`` gives other children for an interchange."""
    return write_files(folder, {**DISTRICT_XML, **replaced})


def write_files(folder: Path, interchanges: Mapping[str, str]) -> Path:
    """Write files whose names say nothing about their interchange, in an order that is not the load order."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, (interchange, children) in enumerate(reversed(interchanges.items())):
        (folder / f"file-{number:02d}.xml").write_text(document(interchange, children), encoding="utf-8")
    return folder
