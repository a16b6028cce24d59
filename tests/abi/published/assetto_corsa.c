/* SPDX-License-Identifier: MIT */
/* SharedFileOut.h of Assetto Corsa's shared memory reference. */
/* layout assetto_corsa: x86-windows x64-windows */
#include "published.h"
typedef __CHAR16_TYPE__ wchar; /* wchar_t of Windows */

#pragma pack(push, 4)
struct SPageFilePhysics {
    int packetId;
    float gas;
    float brake;
    float fuel;
    int gear;
    int rpms;
    float steerAngle;
    float speedKmh;
    float velocity[3];
    float accG[3];
    float wheelSlip[4];
    float wheelLoad[4];
    float wheelsPressure[4];
    float wheelAngularSpeed[4];
    float tyreWear[4];
    float tyreDirtyLevel[4];
    float tyreCoreTemperature[4];
    float camberRAD[4];
    float suspensionTravel[4];
    float drs;
    float tc;
    float heading;
    float pitch;
    float roll;
    float cgHeight;
    float carDamage[5];
    int numberOfTyresOut;
    int pitLimiterOn;
    float abs;
    float kersCharge;
    float kersInput;
    int autoShifterOn;
    float rideHeight[2];
    float turboBoost;
    float ballast;
    float airDensity;
    float airTemp;
    float roadTemp;
    float localAngularVel[3];
    float finalFF;
    float performanceMeter;
    int engineBrake;
    int ersRecoveryLevel;
    int ersPowerLevel;
    int ersHeatCharging;
    int ersIsCharging;
    float kersCurrentKJ;
    int drsAvailable;
    int drsEnabled;
    float brakeTemp[4];
    float clutch;
    float tyreTempI[4];
    float tyreTempM[4];
    float tyreTempO[4];
    int isAIControlled;
    float tyreContactPoint[4][3];
    float tyreContactNormal[4][3];
    float tyreContactHeading[4][3];
    float brakeBias;
    float localVelocity[3];
};
struct SPageFileGraphic {
    int packetId;
    int status;
    int session;
    wchar currentTime[15];
    wchar lastTime[15];
    wchar bestTime[15];
    wchar split[15];
    int completedLaps;
    int position;
    int iCurrentTime;
    int iLastTime;
    int iBestTime;
    float sessionTimeLeft;
    float distanceTraveled;
    int isInPit;
    int currentSectorIndex;
    int lastSectorTime;
    int numberOfLaps;
    wchar tyreCompound[33];
    float replayTimeMultiplier;
    float normalizedCarPosition;
    float carCoordinates[3];
};
struct SPageFileStatic {
    wchar smVersion[15];
    wchar acVersion[15];
    int numberOfSessions;
    int numCars;
    wchar carModel[33];
    wchar track[33];
    wchar playerName[33];
    wchar playerSurname[33];
    wchar playerNick[33];
    int sectorCount;
    float maxTorque;
    float maxPower;
    int maxRpm;
    float maxFuel;
    float suspensionMaxTravel[4];
    float tyreRadius[4];
    float maxTurboBoost;
};
#pragma pack(pop)
PUBLISHED(struct SPageFilePhysics, 580);
_Static_assert(OFFSET(struct SPageFileGraphic, carCoordinates) == 252, "");
PUBLISHED(struct SPageFileStatic, 456);

#if PART == 1
MAPPING struct SPageFilePhysics physics = {
    .packetId = 101, /* = packet */
    .gas = 0.5f, /* = gas */
    .brake = 0.25f, /* = brake */
    .fuel = 33.5f, /* = fuel */
    .gear = 4, /* = gear */
    .rpms = 7654, /* = rpms */
    .steerAngle = -0.125f, /* = steer_angle */
    .speedKmh = 187.5f, /* = speed */
    .velocity = {1.5f, 2.5f, 3.5f}, /* = velocity */
    .accG = {4.5f, 5.5f, 6.5f}, /* = acc_g */
    .wheelSlip = {7.5f, 8.5f, 9.5f, 10.5f}, /* = wheel_slip */
    .wheelLoad = {11.5f, 12.5f, 13.5f, 14.5f}, /* = wheel_load */
    .wheelsPressure = {15.5f, 16.5f, 17.5f, 18.5f}, /* = wheel_pressure */
    .wheelAngularSpeed = {19.5f, 20.5f, 21.5f, 22.5f}, /* = wheel_speed */
    .tyreWear = {23.5f, 24.5f, 25.5f, 26.5f}, /* = tyre_wear */
    .tyreDirtyLevel = {27.5f, 28.5f, 29.5f, 30.5f}, /* = tyre_dirt */
    .tyreCoreTemperature = {31.5f, 32.5f, 33.75f, 34.5f}, /* = tyre_core_temp */
    .camberRAD = {35.5f, 36.5f, 37.5f, 38.5f}, /* = camber */
    .suspensionTravel = {39.5f, 40.5f, 41.5f, 42.5f}, /* = suspension_travel */
    .drs = 43.5f, /* = drs */
    .tc = 44.5f, /* = tc */
    .heading = 45.5f, /* = heading */
    .pitch = 46.5f, /* = pitch */
    .roll = 47.5f, /* = roll */
    .cgHeight = 48.5f, /* = cg_height */
    .carDamage = {49.5f, 50.5f, 51.5f, 52.5f, 53.5f}, /* = car_damage */
    .numberOfTyresOut = 2, /* = tyres_out */
    .pitLimiterOn = 1, /* = pit_limiter */
    .abs = 54.5f, /* = abs */
    .kersCharge = 55.5f, /* = kers_charge */
    .kersInput = 56.5f, /* = kers_input */
    .autoShifterOn = 1, /* = auto_shifter */
    .rideHeight = {57.5f, 58.5f}, /* = ride_height */
    .turboBoost = 59.5f, /* = turbo_boost */
    .ballast = 60.5f, /* = ballast */
    .airDensity = 61.5f, /* = air_density */
    .airTemp = 62.5f, /* = air_temp */
    .roadTemp = 63.5f, /* = road_temp */
    .localAngularVel = {64.5f, 65.5f, 66.5f}, /* = local_angular_vel */
    .finalFF = 67.5f, /* = force_feedback */
    .performanceMeter = 68.5f, /* = performance_meter */
    .engineBrake = 69, /* = engine_brake */
    .ersRecoveryLevel = 70, /* = ers_recovery */
    .ersPowerLevel = 71, /* = ers_power */
    .ersHeatCharging = 72, /* = ers_heat_charging */
    .ersIsCharging = 1, /* = ers_charging */
    .kersCurrentKJ = 73.5f, /* = kers_current */
    .drsAvailable = 1, /* = drs_available */
    .drsEnabled = 0, /* = drs_enabled */
    .brakeTemp = {74.5f, 75.5f, 76.5f, 77.5f}, /* = brake_temp */
    .clutch = 0.75f, /* = clutch */
    .tyreTempI = {78.5f, 79.5f, 80.5f, 81.5f}, /* = tyre_temp_inner */
    .tyreTempM = {82.5f, 83.5f, 84.5f, 85.5f}, /* = tyre_temp_middle */
    .tyreTempO = {86.5f, 87.5f, 88.5f, 89.5f}, /* = tyre_temp_outer */
    .isAIControlled = 1, /* = ai_controlled */
    .tyreContactPoint = {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}, {10, 11, 12}}, /* = tyre_contact_point */
    .tyreContactNormal = {{13, 14, 15}, {16, 17, 18}, {19, 20, 21}, {22, 23, 24}}, /* = tyre_contact_normal */
    .tyreContactHeading = {{25, 26, 27}, {28, 29, 30}, {31, 32, 33}, {34, 35, 36}}, /* = tyre_contact_heading */
    .brakeBias = 0.625f, /* = brake_bias */
    .localVelocity = {91.5f, 92.5f, 93.5f}, /* = local_velocity */
};
#elif PART == 2
MAPPING struct SPageFileGraphic graphic = {
    .packetId = 102, /* = graphics.packet */
    .status = 2, /* = status : "live" */
    .session = -1, /* = session : "unknown" */
    .currentTime = u"1:23:456", /* = current_time */
    .lastTime = u"1:24:567", /* = last_time */
    .bestTime = u"1:22:111", /* = best_time */
    .split = u"0:41:222", /* = split */
    .completedLaps = 7, /* = completed_laps */
    .position = 3, /* = position */
    .iCurrentTime = 83456, /* = current_ms */
    .iLastTime = 84567, /* = last_ms */
    .iBestTime = 82111, /* = best_ms */
    .sessionTimeLeft = 123456.5f, /* = session_left */
    .distanceTraveled = 2345.5f, /* = distance */
    .isInPit = 1, /* = in_pit */
    .currentSectorIndex = 2, /* = sector */
    .lastSectorTime = 41222, /* = last_sector_ms */
    .numberOfLaps = 20, /* = lap_count */
    .tyreCompound = u"Soft slicks (S)", /* = tyre_compound */
    .replayTimeMultiplier = 1.5f, /* = replay_speed */
    .normalizedCarPosition = 0.375f, /* = lap_position */
    .carCoordinates = {1, 2, 3},
};
#else
MAPPING struct SPageFileStatic constant = {
    .smVersion = u"1.7", /* = sm_version */
    .acVersion = u"1.16", /* = ac_version */
    .numberOfSessions = 3, /* = session_count */
    .numCars = 24, /* = car_count */
    .carModel = u"ks_ferrari_488_gt3", /* = car_model */
    .track = u"monza", /* = track */
    .playerName = u"Ada", /* = player_name */
    .playerSurname = u"Lovelace", /* = player_surname */
    .playerNick = u"count", /* = player_nick */
    .sectorCount = 3, /* = sector_count */
    .maxTorque = 700.5f, /* = max_torque */
    .maxPower = 500.5f, /* = max_power */
    .maxRpm = 8000, /* = max_rpm */
    .maxFuel = 110.5f, /* = max_fuel */
    .suspensionMaxTravel = {0.5f, 0.25f, 0.125f, 0.75f}, /* = suspension_max_travel */
    .tyreRadius = {0.25f, 0.375f, 0.5f, 0.625f}, /* = tyre_radius */
    .maxTurboBoost = 1.25f, /* = max_turbo_boost */
};
#endif
