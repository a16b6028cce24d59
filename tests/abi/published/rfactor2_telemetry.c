/* SPDX-License-Identifier: MIT */
/* rF2State.h of rF2SharedMemoryMapPlugin; here a vector of 3 is an array, and
 * long is int, because it has 4 bytes on Windows. */
/* layout rfactor2_telemetry: x86-windows x64-windows */
#include "published.h"

#pragma pack(push, 4)
struct rF2Wheel {
    double mSuspensionDeflection;
    double mRideHeight;
    double mSuspForce;
    double mBrakeTemp;
    double mBrakePressure;
    double mRotation;
    double mLateralPatchVel;
    double mLongitudinalPatchVel;
    double mLateralGroundVel;
    double mLongitudinalGroundVel;
    double mCamber;
    double mLateralForce;
    double mLongitudinalForce;
    double mTireLoad;
    double mGripFract;
    double mPressure;
    double mTemperature[3];
    double mWear;
    char mTerrainName[16];
    unsigned char mSurfaceType;
    bool mFlat;
    bool mDetached;
    unsigned char mStaticUndeflectedRadius;
    double mVerticalTireDeflection;
    double mWheelYLocation;
    double mToe;
    double mTireCarcassTemperature;
    double mTireInnerLayerTemperature[3];
    unsigned char mExpansion[24];
};
struct rF2VehicleTelemetry {
    int mID;
    double mDeltaTime;
    double mElapsedTime;
    int mLapNumber;
    double mLapStartET;
    char mVehicleName[64];
    char mTrackName[64];
    double mPos[3];
    double mLocalVel[3];
    double mLocalAccel[3];
    double mOri[9];
    double mLocalRot[3];
    double mLocalRotAccel[3];
    int mGear;
    double mEngineRPM;
    double mEngineWaterTemp;
    double mEngineOilTemp;
    double mClutchRPM;
    double mUnfilteredThrottle;
    double mUnfilteredBrake;
    double mUnfilteredSteering;
    double mUnfilteredClutch;
    double mFilteredThrottle;
    double mFilteredBrake;
    double mFilteredSteering;
    double mFilteredClutch;
    double mSteeringShaftTorque;
    double mFront3rdDeflection;
    double mRear3rdDeflection;
    double mFrontWingHeight;
    double mFrontRideHeight;
    double mRearRideHeight;
    double mDrag;
    double mFrontDownforce;
    double mRearDownforce;
    double mFuel;
    double mEngineMaxRPM;
    unsigned char mScheduledStops;
    bool mOverheating;
    bool mDetached;
    bool mHeadlights;
    unsigned char mDentSeverity[8];
    double mLastImpactET;
    double mLastImpactMagnitude;
    double mLastImpactPos[3];
    double mEngineTorque;
    int mCurrentSector;
    unsigned char mSpeedLimiter;
    unsigned char mMaxGears;
    unsigned char mFrontTireCompoundIndex;
    unsigned char mRearTireCompoundIndex;
    double mFuelCapacity;
    unsigned char mFrontFlapActivated;
    unsigned char mRearFlapActivated;
    unsigned char mRearFlapLegalStatus;
    unsigned char mIgnitionStarter;
    char mFrontTireCompoundName[18];
    char mRearTireCompoundName[18];
    unsigned char mSpeedLimiterAvailable;
    unsigned char mAntiStallActivated;
    unsigned char mUnused[2];
    float mVisualSteeringWheelRange;
    double mRearBrakeBias;
    double mTurboBoostPressure;
    float mPhysicsToGraphicsOffset[3];
    float mPhysicalSteeringWheelRange;
    double mBatteryChargeFraction;
    double mElectricBoostMotorTorque;
    double mElectricBoostMotorRPM;
    double mElectricBoostMotorTemperature;
    double mElectricBoostWaterTemperature;
    unsigned char mElectricBoostMotorState;
    unsigned char mExpansion[111];
    struct rF2Wheel mWheels[4];
};
struct rF2Telemetry {
    u32 mVersionUpdateBegin;
    u32 mVersionUpdateEnd;
    int mBytesUpdatedHint;
    int mNumVehicles;
    struct rF2VehicleTelemetry mVehicles[128];
};
#pragma pack(pop)
PUBLISHED(struct rF2Wheel, 260);
PUBLISHED(struct rF2VehicleTelemetry, 1888);
PUBLISHED(struct rF2Telemetry, 241680);

MAPPING struct rF2Telemetry telemetry = {
    .mVersionUpdateBegin = 777, /* = update_begin */
    .mVersionUpdateEnd = 777, /* = update_end */
    .mBytesUpdatedHint = 3792, /* = bytes_hint */
    .mNumVehicles = 2, /* = vehicle_count */
    .mVehicles[0].mID = 100002, /* = vehicles[0].id */
    .mVehicles[0].mDeltaTime = 4.5, /* = vehicles[0].delta_time */
    .mVehicles[0].mElapsedTime = 6.5, /* = vehicles[0].elapsed */
    .mVehicles[0].mLapNumber = 100008, /* = vehicles[0].lap */
    .mVehicles[0].mLapStartET = 10.5, /* = vehicles[0].lap_start */
    .mVehicles[0].mVehicleName = "name 11", /* = vehicles[0].name */
    .mVehicles[0].mTrackName = "track 12", /* = vehicles[0].track */
    .mVehicles[0].mPos = {14.5, 15.5, 16.5}, /* = vehicles[0].position */
    .mVehicles[0].mLocalVel = {18.5, 19.5, 20.5}, /* = vehicles[0].velocity */
    .mVehicles[0].mLocalAccel = {22.5, 23.5, 24.5}, /* = vehicles[0].acceleration */
    .mVehicles[0].mOri = {26.5, 27.5, 28.5, 29.5, 30.5, 31.5, 32.5, 33.5, 34.5}, /* = vehicles[0].orientation */
    .mVehicles[0].mLocalRot = {36.5, 37.5, 38.5}, /* = vehicles[0].rotation */
    .mVehicles[0].mLocalRotAccel = {40.5, 41.5, 42.5}, /* = vehicles[0].rotation_accel */
    .mVehicles[0].mGear = 100044, /* = vehicles[0].gear */
    .mVehicles[0].mEngineRPM = 46.5, /* = vehicles[0].engine_rpm */
    .mVehicles[0].mEngineWaterTemp = 48.5, /* = vehicles[0].water_temp */
    .mVehicles[0].mEngineOilTemp = 50.5, /* = vehicles[0].oil_temp */
    .mVehicles[0].mClutchRPM = 52.5, /* = vehicles[0].clutch_rpm */
    .mVehicles[0].mUnfilteredThrottle = 54.5, /* = vehicles[0].throttle */
    .mVehicles[0].mUnfilteredBrake = 56.5, /* = vehicles[0].brake */
    .mVehicles[0].mUnfilteredSteering = 58.5, /* = vehicles[0].steering */
    .mVehicles[0].mUnfilteredClutch = 60.5, /* = vehicles[0].clutch */
    .mVehicles[0].mFilteredThrottle = 62.5, /* = vehicles[0].filtered_throttle */
    .mVehicles[0].mFilteredBrake = 64.5, /* = vehicles[0].filtered_brake */
    .mVehicles[0].mFilteredSteering = 66.5, /* = vehicles[0].filtered_steering */
    .mVehicles[0].mFilteredClutch = 68.5, /* = vehicles[0].filtered_clutch */
    .mVehicles[0].mSteeringShaftTorque = 70.5, /* = vehicles[0].steering_torque */
    .mVehicles[0].mFront3rdDeflection = 72.5, /* = vehicles[0].front_3rd */
    .mVehicles[0].mRear3rdDeflection = 74.5, /* = vehicles[0].rear_3rd */
    .mVehicles[0].mFrontWingHeight = 76.5, /* = vehicles[0].front_wing_height */
    .mVehicles[0].mFrontRideHeight = 78.5, /* = vehicles[0].front_ride_height */
    .mVehicles[0].mRearRideHeight = 80.5, /* = vehicles[0].rear_ride_height */
    .mVehicles[0].mDrag = 82.5, /* = vehicles[0].drag */
    .mVehicles[0].mFrontDownforce = 84.5, /* = vehicles[0].front_downforce */
    .mVehicles[0].mRearDownforce = 86.5, /* = vehicles[0].rear_downforce */
    .mVehicles[0].mFuel = 88.5, /* = vehicles[0].fuel */
    .mVehicles[0].mEngineMaxRPM = 90.5, /* = vehicles[0].engine_max_rpm */
    .mVehicles[0].mScheduledStops = 93, /* = vehicles[0].scheduled_stops */
    .mVehicles[0].mOverheating = 1, /* = vehicles[0].overheating */
    .mVehicles[0].mDetached = 0, /* = vehicles[0].detached */
    .mVehicles[0].mHeadlights = 1, /* = vehicles[0].headlights */
    .mVehicles[0].mDentSeverity = {101, 102, 103, 104, 105, 106, 107, 108}, /* = vehicles[0].dents */
    .mVehicles[0].mLastImpactET = 109.5, /* = vehicles[0].last_impact_time */
    .mVehicles[0].mLastImpactMagnitude = 111.5, /* = vehicles[0].last_impact_force */
    .mVehicles[0].mLastImpactPos = {113.5, 114.5, 115.5}, /* = vehicles[0].last_impact_place */
    .mVehicles[0].mEngineTorque = 117.5, /* = vehicles[0].engine_torque */
    .mVehicles[0].mCurrentSector = 100119, /* = vehicles[0].sector */
    .mVehicles[0].mSpeedLimiter = 122, /* = vehicles[0].speed_limiter */
    .mVehicles[0].mMaxGears = 124, /* = vehicles[0].max_gears */
    .mVehicles[0].mFrontTireCompoundIndex = 126, /* = vehicles[0].front_compound */
    .mVehicles[0].mRearTireCompoundIndex = 128, /* = vehicles[0].rear_compound */
    .mVehicles[0].mFuelCapacity = 129.5, /* = vehicles[0].fuel_capacity */
    .mVehicles[0].mFrontFlapActivated = 132, /* = vehicles[0].front_flap */
    .mVehicles[0].mRearFlapActivated = 134, /* = vehicles[0].rear_flap */
    .mVehicles[0].mRearFlapLegalStatus = 136, /* = vehicles[0].rear_flap_legal */
    .mVehicles[0].mIgnitionStarter = 138, /* = vehicles[0].ignition */
    .mVehicles[0].mFrontTireCompoundName = "front_co 138", /* = vehicles[0].front_compound_name */
    .mVehicles[0].mRearTireCompoundName = "rear_com 139", /* = vehicles[0].rear_compound_name */
    .mVehicles[0].mSpeedLimiterAvailable = 142, /* = vehicles[0].limiter_available */
    .mVehicles[0].mAntiStallActivated = 144, /* = vehicles[0].anti_stall */
    .mVehicles[0].mUnused = {146, 147}, /* = vehicles[0].unused : "9293" */
    .mVehicles[0].mVisualSteeringWheelRange = 148.5f, /* = vehicles[0].visual_range */
    .mVehicles[0].mRearBrakeBias = 150.5, /* = vehicles[0].rear_brake_bias */
    .mVehicles[0].mTurboBoostPressure = 152.5, /* = vehicles[0].turbo_pressure */
    .mVehicles[0].mPhysicsToGraphicsOffset = {154.5f, 155.5f, 156.5f}, /* = vehicles[0].graphics_offset */
    .mVehicles[0].mPhysicalSteeringWheelRange = 158.5f, /* = vehicles[0].physical_range */
    .mVehicles[0].mBatteryChargeFraction = 160.5, /* = vehicles[0].battery */
    .mVehicles[0].mElectricBoostMotorTorque = 162.5, /* = vehicles[0].motor_torque */
    .mVehicles[0].mElectricBoostMotorRPM = 164.5, /* = vehicles[0].motor_rpm */
    .mVehicles[0].mElectricBoostMotorTemperature = 166.5, /* = vehicles[0].motor_temp */
    .mVehicles[0].mElectricBoostWaterTemperature = 168.5, /* = vehicles[0].motor_water_temp */
    .mVehicles[0].mElectricBoostMotorState = 171, /* = vehicles[0].motor_state */
    .mVehicles[0].mWheels[0].mSuspensionDeflection = 172.5, /* = vehicles[0].wheels[0].suspension_deflection */
    .mVehicles[0].mWheels[0].mRideHeight = 174.5, /* = vehicles[0].wheels[0].ride_height */
    .mVehicles[0].mWheels[0].mSuspForce = 176.5, /* = vehicles[0].wheels[0].suspension_force */
    .mVehicles[0].mWheels[0].mBrakeTemp = 178.5, /* = vehicles[0].wheels[0].brake_temp */
    .mVehicles[0].mWheels[0].mBrakePressure = 180.5, /* = vehicles[0].wheels[0].brake_pressure */
    .mVehicles[0].mWheels[0].mRotation = 182.5, /* = vehicles[0].wheels[0].rotation */
    .mVehicles[0].mWheels[0].mLateralPatchVel = 184.5, /* = vehicles[0].wheels[0].lateral_patch_vel */
    .mVehicles[0].mWheels[0].mLongitudinalPatchVel = 186.5, /* = vehicles[0].wheels[0].longitudinal_patch_vel */
    .mVehicles[0].mWheels[0].mLateralGroundVel = 188.5, /* = vehicles[0].wheels[0].lateral_ground_vel */
    .mVehicles[0].mWheels[0].mLongitudinalGroundVel = 190.5, /* = vehicles[0].wheels[0].longitudinal_ground_vel */
    .mVehicles[0].mWheels[0].mCamber = 192.5, /* = vehicles[0].wheels[0].camber */
    .mVehicles[0].mWheels[0].mLateralForce = 194.5, /* = vehicles[0].wheels[0].lateral_force */
    .mVehicles[0].mWheels[0].mLongitudinalForce = 196.5, /* = vehicles[0].wheels[0].longitudinal_force */
    .mVehicles[0].mWheels[0].mTireLoad = 198.5, /* = vehicles[0].wheels[0].tire_load */
    .mVehicles[0].mWheels[0].mGripFract = 200.5, /* = vehicles[0].wheels[0].grip_fract */
    .mVehicles[0].mWheels[0].mPressure = 202.5, /* = vehicles[0].wheels[0].pressure */
    .mVehicles[0].mWheels[0].mTemperature = {204.5, 205.5, 206.5}, /* = vehicles[0].wheels[0].temperature */
    .mVehicles[0].mWheels[0].mWear = 208.5, /* = vehicles[0].wheels[0].wear */
    .mVehicles[0].mWheels[0].mTerrainName = "terrain 209", /* = vehicles[0].wheels[0].terrain */
    .mVehicles[0].mWheels[0].mSurfaceType = 212, /* = vehicles[0].wheels[0].surface */
    .mVehicles[0].mWheels[0].mFlat = 0, /* = vehicles[0].wheels[0].flat */
    .mVehicles[0].mWheels[0].mDetached = 1, /* = vehicles[0].wheels[0].detached */
    .mVehicles[0].mWheels[0].mStaticUndeflectedRadius = 218, /* = vehicles[0].wheels[0].undeflected_radius */
    .mVehicles[0].mWheels[0].mVerticalTireDeflection = 219.5, /* = vehicles[0].wheels[0].tire_deflection */
    .mVehicles[0].mWheels[0].mWheelYLocation = 221.5, /* = vehicles[0].wheels[0].wheel_y */
    .mVehicles[0].mWheels[0].mToe = 223.5, /* = vehicles[0].wheels[0].toe */
    .mVehicles[0].mWheels[0].mTireCarcassTemperature = 225.5, /* = vehicles[0].wheels[0].carcass_temp */
    .mVehicles[0].mWheels[0].mTireInnerLayerTemperature = {227.5, 228.5, 229.5}, /* = vehicles[0].wheels[0].inner_temp */
    .mVehicles[0].mWheels[1].mSuspensionDeflection = 231.5, /* = vehicles[0].wheels[1].suspension_deflection */
    .mVehicles[0].mWheels[1].mRideHeight = 233.5, /* = vehicles[0].wheels[1].ride_height */
    .mVehicles[0].mWheels[1].mSuspForce = 235.5, /* = vehicles[0].wheels[1].suspension_force */
    .mVehicles[0].mWheels[1].mBrakeTemp = 237.5, /* = vehicles[0].wheels[1].brake_temp */
    .mVehicles[0].mWheels[1].mBrakePressure = 239.5, /* = vehicles[0].wheels[1].brake_pressure */
    .mVehicles[0].mWheels[1].mRotation = 241.5, /* = vehicles[0].wheels[1].rotation */
    .mVehicles[0].mWheels[1].mLateralPatchVel = 243.5, /* = vehicles[0].wheels[1].lateral_patch_vel */
    .mVehicles[0].mWheels[1].mLongitudinalPatchVel = 245.5, /* = vehicles[0].wheels[1].longitudinal_patch_vel */
    .mVehicles[0].mWheels[1].mLateralGroundVel = 247.5, /* = vehicles[0].wheels[1].lateral_ground_vel */
    .mVehicles[0].mWheels[1].mLongitudinalGroundVel = 249.5, /* = vehicles[0].wheels[1].longitudinal_ground_vel */
    .mVehicles[0].mWheels[1].mCamber = 251.5, /* = vehicles[0].wheels[1].camber */
    .mVehicles[0].mWheels[1].mLateralForce = 253.5, /* = vehicles[0].wheels[1].lateral_force */
    .mVehicles[0].mWheels[1].mLongitudinalForce = 255.5, /* = vehicles[0].wheels[1].longitudinal_force */
    .mVehicles[0].mWheels[1].mTireLoad = 257.5, /* = vehicles[0].wheels[1].tire_load */
    .mVehicles[0].mWheels[1].mGripFract = 259.5, /* = vehicles[0].wheels[1].grip_fract */
    .mVehicles[0].mWheels[1].mPressure = 261.5, /* = vehicles[0].wheels[1].pressure */
    .mVehicles[0].mWheels[1].mTemperature = {263.5, 264.5, 265.5}, /* = vehicles[0].wheels[1].temperature */
    .mVehicles[0].mWheels[1].mWear = 267.5, /* = vehicles[0].wheels[1].wear */
    .mVehicles[0].mWheels[1].mTerrainName = "terrain 268", /* = vehicles[0].wheels[1].terrain */
    .mVehicles[0].mWheels[1].mSurfaceType = 21, /* = vehicles[0].wheels[1].surface */
    .mVehicles[0].mWheels[1].mFlat = 1, /* = vehicles[0].wheels[1].flat */
    .mVehicles[0].mWheels[1].mDetached = 1, /* = vehicles[0].wheels[1].detached */
    .mVehicles[0].mWheels[1].mStaticUndeflectedRadius = 27, /* = vehicles[0].wheels[1].undeflected_radius */
    .mVehicles[0].mWheels[1].mVerticalTireDeflection = 278.5, /* = vehicles[0].wheels[1].tire_deflection */
    .mVehicles[0].mWheels[1].mWheelYLocation = 280.5, /* = vehicles[0].wheels[1].wheel_y */
    .mVehicles[0].mWheels[1].mToe = 282.5, /* = vehicles[0].wheels[1].toe */
    .mVehicles[0].mWheels[1].mTireCarcassTemperature = 284.5, /* = vehicles[0].wheels[1].carcass_temp */
    .mVehicles[0].mWheels[1].mTireInnerLayerTemperature = {286.5, 287.5, 288.5}, /* = vehicles[0].wheels[1].inner_temp */
    .mVehicles[0].mWheels[2].mSuspensionDeflection = 290.5, /* = vehicles[0].wheels[2].suspension_deflection */
    .mVehicles[0].mWheels[2].mRideHeight = 292.5, /* = vehicles[0].wheels[2].ride_height */
    .mVehicles[0].mWheels[2].mSuspForce = 294.5, /* = vehicles[0].wheels[2].suspension_force */
    .mVehicles[0].mWheels[2].mBrakeTemp = 296.5, /* = vehicles[0].wheels[2].brake_temp */
    .mVehicles[0].mWheels[2].mBrakePressure = 298.5, /* = vehicles[0].wheels[2].brake_pressure */
    .mVehicles[0].mWheels[2].mRotation = 300.5, /* = vehicles[0].wheels[2].rotation */
    .mVehicles[0].mWheels[2].mLateralPatchVel = 302.5, /* = vehicles[0].wheels[2].lateral_patch_vel */
    .mVehicles[0].mWheels[2].mLongitudinalPatchVel = 304.5, /* = vehicles[0].wheels[2].longitudinal_patch_vel */
    .mVehicles[0].mWheels[2].mLateralGroundVel = 306.5, /* = vehicles[0].wheels[2].lateral_ground_vel */
    .mVehicles[0].mWheels[2].mLongitudinalGroundVel = 308.5, /* = vehicles[0].wheels[2].longitudinal_ground_vel */
    .mVehicles[0].mWheels[2].mCamber = 310.5, /* = vehicles[0].wheels[2].camber */
    .mVehicles[0].mWheels[2].mLateralForce = 312.5, /* = vehicles[0].wheels[2].lateral_force */
    .mVehicles[0].mWheels[2].mLongitudinalForce = 314.5, /* = vehicles[0].wheels[2].longitudinal_force */
    .mVehicles[0].mWheels[2].mTireLoad = 316.5, /* = vehicles[0].wheels[2].tire_load */
    .mVehicles[0].mWheels[2].mGripFract = 318.5, /* = vehicles[0].wheels[2].grip_fract */
    .mVehicles[0].mWheels[2].mPressure = 320.5, /* = vehicles[0].wheels[2].pressure */
    .mVehicles[0].mWheels[2].mTemperature = {322.5, 323.5, 324.5}, /* = vehicles[0].wheels[2].temperature */
    .mVehicles[0].mWheels[2].mWear = 326.5, /* = vehicles[0].wheels[2].wear */
    .mVehicles[0].mWheels[2].mTerrainName = "terrain 327", /* = vehicles[0].wheels[2].terrain */
    .mVehicles[0].mWheels[2].mSurfaceType = 80, /* = vehicles[0].wheels[2].surface */
    .mVehicles[0].mWheels[2].mFlat = 1, /* = vehicles[0].wheels[2].flat */
    .mVehicles[0].mWheels[2].mDetached = 0, /* = vehicles[0].wheels[2].detached */
    .mVehicles[0].mWheels[2].mStaticUndeflectedRadius = 86, /* = vehicles[0].wheels[2].undeflected_radius */
    .mVehicles[0].mWheels[2].mVerticalTireDeflection = 337.5, /* = vehicles[0].wheels[2].tire_deflection */
    .mVehicles[0].mWheels[2].mWheelYLocation = 339.5, /* = vehicles[0].wheels[2].wheel_y */
    .mVehicles[0].mWheels[2].mToe = 341.5, /* = vehicles[0].wheels[2].toe */
    .mVehicles[0].mWheels[2].mTireCarcassTemperature = 343.5, /* = vehicles[0].wheels[2].carcass_temp */
    .mVehicles[0].mWheels[2].mTireInnerLayerTemperature = {345.5, 346.5, 347.5}, /* = vehicles[0].wheels[2].inner_temp */
    .mVehicles[0].mWheels[3].mSuspensionDeflection = 349.5, /* = vehicles[0].wheels[3].suspension_deflection */
    .mVehicles[0].mWheels[3].mRideHeight = 351.5, /* = vehicles[0].wheels[3].ride_height */
    .mVehicles[0].mWheels[3].mSuspForce = 353.5, /* = vehicles[0].wheels[3].suspension_force */
    .mVehicles[0].mWheels[3].mBrakeTemp = 355.5, /* = vehicles[0].wheels[3].brake_temp */
    .mVehicles[0].mWheels[3].mBrakePressure = 357.5, /* = vehicles[0].wheels[3].brake_pressure */
    .mVehicles[0].mWheels[3].mRotation = 359.5, /* = vehicles[0].wheels[3].rotation */
    .mVehicles[0].mWheels[3].mLateralPatchVel = 361.5, /* = vehicles[0].wheels[3].lateral_patch_vel */
    .mVehicles[0].mWheels[3].mLongitudinalPatchVel = 363.5, /* = vehicles[0].wheels[3].longitudinal_patch_vel */
    .mVehicles[0].mWheels[3].mLateralGroundVel = 365.5, /* = vehicles[0].wheels[3].lateral_ground_vel */
    .mVehicles[0].mWheels[3].mLongitudinalGroundVel = 367.5, /* = vehicles[0].wheels[3].longitudinal_ground_vel */
    .mVehicles[0].mWheels[3].mCamber = 369.5, /* = vehicles[0].wheels[3].camber */
    .mVehicles[0].mWheels[3].mLateralForce = 371.5, /* = vehicles[0].wheels[3].lateral_force */
    .mVehicles[0].mWheels[3].mLongitudinalForce = 373.5, /* = vehicles[0].wheels[3].longitudinal_force */
    .mVehicles[0].mWheels[3].mTireLoad = 375.5, /* = vehicles[0].wheels[3].tire_load */
    .mVehicles[0].mWheels[3].mGripFract = 377.5, /* = vehicles[0].wheels[3].grip_fract */
    .mVehicles[0].mWheels[3].mPressure = 379.5, /* = vehicles[0].wheels[3].pressure */
    .mVehicles[0].mWheels[3].mTemperature = {381.5, 382.5, 383.5}, /* = vehicles[0].wheels[3].temperature */
    .mVehicles[0].mWheels[3].mWear = 385.5, /* = vehicles[0].wheels[3].wear */
    .mVehicles[0].mWheels[3].mTerrainName = "terrain 386", /* = vehicles[0].wheels[3].terrain */
    .mVehicles[0].mWheels[3].mSurfaceType = 139, /* = vehicles[0].wheels[3].surface */
    .mVehicles[0].mWheels[3].mFlat = 0, /* = vehicles[0].wheels[3].flat */
    .mVehicles[0].mWheels[3].mDetached = 1, /* = vehicles[0].wheels[3].detached */
    .mVehicles[0].mWheels[3].mStaticUndeflectedRadius = 145, /* = vehicles[0].wheels[3].undeflected_radius */
    .mVehicles[0].mWheels[3].mVerticalTireDeflection = 396.5, /* = vehicles[0].wheels[3].tire_deflection */
    .mVehicles[0].mWheels[3].mWheelYLocation = 398.5, /* = vehicles[0].wheels[3].wheel_y */
    .mVehicles[0].mWheels[3].mToe = 400.5, /* = vehicles[0].wheels[3].toe */
    .mVehicles[0].mWheels[3].mTireCarcassTemperature = 402.5, /* = vehicles[0].wheels[3].carcass_temp */
    .mVehicles[0].mWheels[3].mTireInnerLayerTemperature = {404.5, 405.5, 406.5}, /* = vehicles[0].wheels[3].inner_temp */
    .mVehicles[1].mID = 100408, /* = vehicles[1].id */
    .mVehicles[1].mDeltaTime = 410.5, /* = vehicles[1].delta_time */
    .mVehicles[1].mElapsedTime = 412.5, /* = vehicles[1].elapsed */
    .mVehicles[1].mLapNumber = 100414, /* = vehicles[1].lap */
    .mVehicles[1].mLapStartET = 416.5, /* = vehicles[1].lap_start */
    .mVehicles[1].mVehicleName = "name 417", /* = vehicles[1].name */
    .mVehicles[1].mTrackName = "track 418", /* = vehicles[1].track */
    .mVehicles[1].mPos = {420.5, 421.5, 422.5}, /* = vehicles[1].position */
    .mVehicles[1].mLocalVel = {424.5, 425.5, 426.5}, /* = vehicles[1].velocity */
    .mVehicles[1].mLocalAccel = {428.5, 429.5, 430.5}, /* = vehicles[1].acceleration */
    .mVehicles[1].mOri = {432.5, 433.5, 434.5, 435.5, 436.5, 437.5, 438.5, 439.5, 440.5}, /* = vehicles[1].orientation */
    .mVehicles[1].mLocalRot = {442.5, 443.5, 444.5}, /* = vehicles[1].rotation */
    .mVehicles[1].mLocalRotAccel = {446.5, 447.5, 448.5}, /* = vehicles[1].rotation_accel */
    .mVehicles[1].mGear = 100450, /* = vehicles[1].gear */
    .mVehicles[1].mEngineRPM = 452.5, /* = vehicles[1].engine_rpm */
    .mVehicles[1].mEngineWaterTemp = 454.5, /* = vehicles[1].water_temp */
    .mVehicles[1].mEngineOilTemp = 456.5, /* = vehicles[1].oil_temp */
    .mVehicles[1].mClutchRPM = 458.5, /* = vehicles[1].clutch_rpm */
    .mVehicles[1].mUnfilteredThrottle = 460.5, /* = vehicles[1].throttle */
    .mVehicles[1].mUnfilteredBrake = 462.5, /* = vehicles[1].brake */
    .mVehicles[1].mUnfilteredSteering = 464.5, /* = vehicles[1].steering */
    .mVehicles[1].mUnfilteredClutch = 466.5, /* = vehicles[1].clutch */
    .mVehicles[1].mFilteredThrottle = 468.5, /* = vehicles[1].filtered_throttle */
    .mVehicles[1].mFilteredBrake = 470.5, /* = vehicles[1].filtered_brake */
    .mVehicles[1].mFilteredSteering = 472.5, /* = vehicles[1].filtered_steering */
    .mVehicles[1].mFilteredClutch = 474.5, /* = vehicles[1].filtered_clutch */
    .mVehicles[1].mSteeringShaftTorque = 476.5, /* = vehicles[1].steering_torque */
    .mVehicles[1].mFront3rdDeflection = 478.5, /* = vehicles[1].front_3rd */
    .mVehicles[1].mRear3rdDeflection = 480.5, /* = vehicles[1].rear_3rd */
    .mVehicles[1].mFrontWingHeight = 482.5, /* = vehicles[1].front_wing_height */
    .mVehicles[1].mFrontRideHeight = 484.5, /* = vehicles[1].front_ride_height */
    .mVehicles[1].mRearRideHeight = 486.5, /* = vehicles[1].rear_ride_height */
    .mVehicles[1].mDrag = 488.5, /* = vehicles[1].drag */
    .mVehicles[1].mFrontDownforce = 490.5, /* = vehicles[1].front_downforce */
    .mVehicles[1].mRearDownforce = 492.5, /* = vehicles[1].rear_downforce */
    .mVehicles[1].mFuel = 494.5, /* = vehicles[1].fuel */
    .mVehicles[1].mEngineMaxRPM = 496.5, /* = vehicles[1].engine_max_rpm */
    .mVehicles[1].mScheduledStops = 249, /* = vehicles[1].scheduled_stops */
    .mVehicles[1].mOverheating = 1, /* = vehicles[1].overheating */
    .mVehicles[1].mDetached = 1, /* = vehicles[1].detached */
    .mVehicles[1].mHeadlights = 0, /* = vehicles[1].headlights */
    .mVehicles[1].mDentSeverity = {7, 8, 9, 10, 11, 12, 13, 14}, /* = vehicles[1].dents */
    .mVehicles[1].mLastImpactET = 515.5, /* = vehicles[1].last_impact_time */
    .mVehicles[1].mLastImpactMagnitude = 517.5, /* = vehicles[1].last_impact_force */
    .mVehicles[1].mLastImpactPos = {519.5, 520.5, 521.5}, /* = vehicles[1].last_impact_place */
    .mVehicles[1].mEngineTorque = 523.5, /* = vehicles[1].engine_torque */
    .mVehicles[1].mCurrentSector = 100525, /* = vehicles[1].sector */
    .mVehicles[1].mSpeedLimiter = 28, /* = vehicles[1].speed_limiter */
    .mVehicles[1].mMaxGears = 30, /* = vehicles[1].max_gears */
    .mVehicles[1].mFrontTireCompoundIndex = 32, /* = vehicles[1].front_compound */
    .mVehicles[1].mRearTireCompoundIndex = 34, /* = vehicles[1].rear_compound */
    .mVehicles[1].mFuelCapacity = 535.5, /* = vehicles[1].fuel_capacity */
    .mVehicles[1].mFrontFlapActivated = 38, /* = vehicles[1].front_flap */
    .mVehicles[1].mRearFlapActivated = 40, /* = vehicles[1].rear_flap */
    .mVehicles[1].mRearFlapLegalStatus = 42, /* = vehicles[1].rear_flap_legal */
    .mVehicles[1].mIgnitionStarter = 44, /* = vehicles[1].ignition */
    .mVehicles[1].mFrontTireCompoundName = "front_co 544", /* = vehicles[1].front_compound_name */
    .mVehicles[1].mRearTireCompoundName = "rear_com 545", /* = vehicles[1].rear_compound_name */
    .mVehicles[1].mSpeedLimiterAvailable = 48, /* = vehicles[1].limiter_available */
    .mVehicles[1].mAntiStallActivated = 50, /* = vehicles[1].anti_stall */
    .mVehicles[1].mUnused = {52, 53}, /* = vehicles[1].unused : "3435" */
    .mVehicles[1].mVisualSteeringWheelRange = 554.5f, /* = vehicles[1].visual_range */
    .mVehicles[1].mRearBrakeBias = 556.5, /* = vehicles[1].rear_brake_bias */
    .mVehicles[1].mTurboBoostPressure = 558.5, /* = vehicles[1].turbo_pressure */
    .mVehicles[1].mPhysicsToGraphicsOffset = {560.5f, 561.5f, 562.5f}, /* = vehicles[1].graphics_offset */
    .mVehicles[1].mPhysicalSteeringWheelRange = 564.5f, /* = vehicles[1].physical_range */
    .mVehicles[1].mBatteryChargeFraction = 566.5, /* = vehicles[1].battery */
    .mVehicles[1].mElectricBoostMotorTorque = 568.5, /* = vehicles[1].motor_torque */
    .mVehicles[1].mElectricBoostMotorRPM = 570.5, /* = vehicles[1].motor_rpm */
    .mVehicles[1].mElectricBoostMotorTemperature = 572.5, /* = vehicles[1].motor_temp */
    .mVehicles[1].mElectricBoostWaterTemperature = 574.5, /* = vehicles[1].motor_water_temp */
    .mVehicles[1].mElectricBoostMotorState = 77, /* = vehicles[1].motor_state */
    .mVehicles[1].mWheels[0].mSuspensionDeflection = 578.5, /* = vehicles[1].wheels[0].suspension_deflection */
    .mVehicles[1].mWheels[0].mRideHeight = 580.5, /* = vehicles[1].wheels[0].ride_height */
    .mVehicles[1].mWheels[0].mSuspForce = 582.5, /* = vehicles[1].wheels[0].suspension_force */
    .mVehicles[1].mWheels[0].mBrakeTemp = 584.5, /* = vehicles[1].wheels[0].brake_temp */
    .mVehicles[1].mWheels[0].mBrakePressure = 586.5, /* = vehicles[1].wheels[0].brake_pressure */
    .mVehicles[1].mWheels[0].mRotation = 588.5, /* = vehicles[1].wheels[0].rotation */
    .mVehicles[1].mWheels[0].mLateralPatchVel = 590.5, /* = vehicles[1].wheels[0].lateral_patch_vel */
    .mVehicles[1].mWheels[0].mLongitudinalPatchVel = 592.5, /* = vehicles[1].wheels[0].longitudinal_patch_vel */
    .mVehicles[1].mWheels[0].mLateralGroundVel = 594.5, /* = vehicles[1].wheels[0].lateral_ground_vel */
    .mVehicles[1].mWheels[0].mLongitudinalGroundVel = 596.5, /* = vehicles[1].wheels[0].longitudinal_ground_vel */
    .mVehicles[1].mWheels[0].mCamber = 598.5, /* = vehicles[1].wheels[0].camber */
    .mVehicles[1].mWheels[0].mLateralForce = 600.5, /* = vehicles[1].wheels[0].lateral_force */
    .mVehicles[1].mWheels[0].mLongitudinalForce = 602.5, /* = vehicles[1].wheels[0].longitudinal_force */
    .mVehicles[1].mWheels[0].mTireLoad = 604.5, /* = vehicles[1].wheels[0].tire_load */
    .mVehicles[1].mWheels[0].mGripFract = 606.5, /* = vehicles[1].wheels[0].grip_fract */
    .mVehicles[1].mWheels[0].mPressure = 608.5, /* = vehicles[1].wheels[0].pressure */
    .mVehicles[1].mWheels[0].mTemperature = {610.5, 611.5, 612.5}, /* = vehicles[1].wheels[0].temperature */
    .mVehicles[1].mWheels[0].mWear = 614.5, /* = vehicles[1].wheels[0].wear */
    .mVehicles[1].mWheels[0].mTerrainName = "terrain 615", /* = vehicles[1].wheels[0].terrain */
    .mVehicles[1].mWheels[0].mSurfaceType = 118, /* = vehicles[1].wheels[0].surface */
    .mVehicles[1].mWheels[0].mFlat = 1, /* = vehicles[1].wheels[0].flat */
    .mVehicles[1].mWheels[0].mDetached = 0, /* = vehicles[1].wheels[0].detached */
    .mVehicles[1].mWheels[0].mStaticUndeflectedRadius = 124, /* = vehicles[1].wheels[0].undeflected_radius */
    .mVehicles[1].mWheels[0].mVerticalTireDeflection = 625.5, /* = vehicles[1].wheels[0].tire_deflection */
    .mVehicles[1].mWheels[0].mWheelYLocation = 627.5, /* = vehicles[1].wheels[0].wheel_y */
    .mVehicles[1].mWheels[0].mToe = 629.5, /* = vehicles[1].wheels[0].toe */
    .mVehicles[1].mWheels[0].mTireCarcassTemperature = 631.5, /* = vehicles[1].wheels[0].carcass_temp */
    .mVehicles[1].mWheels[0].mTireInnerLayerTemperature = {633.5, 634.5, 635.5}, /* = vehicles[1].wheels[0].inner_temp */
    .mVehicles[1].mWheels[1].mSuspensionDeflection = 637.5, /* = vehicles[1].wheels[1].suspension_deflection */
    .mVehicles[1].mWheels[1].mRideHeight = 639.5, /* = vehicles[1].wheels[1].ride_height */
    .mVehicles[1].mWheels[1].mSuspForce = 641.5, /* = vehicles[1].wheels[1].suspension_force */
    .mVehicles[1].mWheels[1].mBrakeTemp = 643.5, /* = vehicles[1].wheels[1].brake_temp */
    .mVehicles[1].mWheels[1].mBrakePressure = 645.5, /* = vehicles[1].wheels[1].brake_pressure */
    .mVehicles[1].mWheels[1].mRotation = 647.5, /* = vehicles[1].wheels[1].rotation */
    .mVehicles[1].mWheels[1].mLateralPatchVel = 649.5, /* = vehicles[1].wheels[1].lateral_patch_vel */
    .mVehicles[1].mWheels[1].mLongitudinalPatchVel = 651.5, /* = vehicles[1].wheels[1].longitudinal_patch_vel */
    .mVehicles[1].mWheels[1].mLateralGroundVel = 653.5, /* = vehicles[1].wheels[1].lateral_ground_vel */
    .mVehicles[1].mWheels[1].mLongitudinalGroundVel = 655.5, /* = vehicles[1].wheels[1].longitudinal_ground_vel */
    .mVehicles[1].mWheels[1].mCamber = 657.5, /* = vehicles[1].wheels[1].camber */
    .mVehicles[1].mWheels[1].mLateralForce = 659.5, /* = vehicles[1].wheels[1].lateral_force */
    .mVehicles[1].mWheels[1].mLongitudinalForce = 661.5, /* = vehicles[1].wheels[1].longitudinal_force */
    .mVehicles[1].mWheels[1].mTireLoad = 663.5, /* = vehicles[1].wheels[1].tire_load */
    .mVehicles[1].mWheels[1].mGripFract = 665.5, /* = vehicles[1].wheels[1].grip_fract */
    .mVehicles[1].mWheels[1].mPressure = 667.5, /* = vehicles[1].wheels[1].pressure */
    .mVehicles[1].mWheels[1].mTemperature = {669.5, 670.5, 671.5}, /* = vehicles[1].wheels[1].temperature */
    .mVehicles[1].mWheels[1].mWear = 673.5, /* = vehicles[1].wheels[1].wear */
    .mVehicles[1].mWheels[1].mTerrainName = "terrain 674", /* = vehicles[1].wheels[1].terrain */
    .mVehicles[1].mWheels[1].mSurfaceType = 177, /* = vehicles[1].wheels[1].surface */
    .mVehicles[1].mWheels[1].mFlat = 0, /* = vehicles[1].wheels[1].flat */
    .mVehicles[1].mWheels[1].mDetached = 1, /* = vehicles[1].wheels[1].detached */
    .mVehicles[1].mWheels[1].mStaticUndeflectedRadius = 183, /* = vehicles[1].wheels[1].undeflected_radius */
    .mVehicles[1].mWheels[1].mVerticalTireDeflection = 684.5, /* = vehicles[1].wheels[1].tire_deflection */
    .mVehicles[1].mWheels[1].mWheelYLocation = 686.5, /* = vehicles[1].wheels[1].wheel_y */
    .mVehicles[1].mWheels[1].mToe = 688.5, /* = vehicles[1].wheels[1].toe */
    .mVehicles[1].mWheels[1].mTireCarcassTemperature = 690.5, /* = vehicles[1].wheels[1].carcass_temp */
    .mVehicles[1].mWheels[1].mTireInnerLayerTemperature = {692.5, 693.5, 694.5}, /* = vehicles[1].wheels[1].inner_temp */
    .mVehicles[1].mWheels[2].mSuspensionDeflection = 696.5, /* = vehicles[1].wheels[2].suspension_deflection */
    .mVehicles[1].mWheels[2].mRideHeight = 698.5, /* = vehicles[1].wheels[2].ride_height */
    .mVehicles[1].mWheels[2].mSuspForce = 700.5, /* = vehicles[1].wheels[2].suspension_force */
    .mVehicles[1].mWheels[2].mBrakeTemp = 702.5, /* = vehicles[1].wheels[2].brake_temp */
    .mVehicles[1].mWheels[2].mBrakePressure = 704.5, /* = vehicles[1].wheels[2].brake_pressure */
    .mVehicles[1].mWheels[2].mRotation = 706.5, /* = vehicles[1].wheels[2].rotation */
    .mVehicles[1].mWheels[2].mLateralPatchVel = 708.5, /* = vehicles[1].wheels[2].lateral_patch_vel */
    .mVehicles[1].mWheels[2].mLongitudinalPatchVel = 710.5, /* = vehicles[1].wheels[2].longitudinal_patch_vel */
    .mVehicles[1].mWheels[2].mLateralGroundVel = 712.5, /* = vehicles[1].wheels[2].lateral_ground_vel */
    .mVehicles[1].mWheels[2].mLongitudinalGroundVel = 714.5, /* = vehicles[1].wheels[2].longitudinal_ground_vel */
    .mVehicles[1].mWheels[2].mCamber = 716.5, /* = vehicles[1].wheels[2].camber */
    .mVehicles[1].mWheels[2].mLateralForce = 718.5, /* = vehicles[1].wheels[2].lateral_force */
    .mVehicles[1].mWheels[2].mLongitudinalForce = 720.5, /* = vehicles[1].wheels[2].longitudinal_force */
    .mVehicles[1].mWheels[2].mTireLoad = 722.5, /* = vehicles[1].wheels[2].tire_load */
    .mVehicles[1].mWheels[2].mGripFract = 724.5, /* = vehicles[1].wheels[2].grip_fract */
    .mVehicles[1].mWheels[2].mPressure = 726.5, /* = vehicles[1].wheels[2].pressure */
    .mVehicles[1].mWheels[2].mTemperature = {728.5, 729.5, 730.5}, /* = vehicles[1].wheels[2].temperature */
    .mVehicles[1].mWheels[2].mWear = 732.5, /* = vehicles[1].wheels[2].wear */
    .mVehicles[1].mWheels[2].mTerrainName = "terrain 733", /* = vehicles[1].wheels[2].terrain */
    .mVehicles[1].mWheels[2].mSurfaceType = 236, /* = vehicles[1].wheels[2].surface */
    .mVehicles[1].mWheels[2].mFlat = 1, /* = vehicles[1].wheels[2].flat */
    .mVehicles[1].mWheels[2].mDetached = 1, /* = vehicles[1].wheels[2].detached */
    .mVehicles[1].mWheels[2].mStaticUndeflectedRadius = 242, /* = vehicles[1].wheels[2].undeflected_radius */
    .mVehicles[1].mWheels[2].mVerticalTireDeflection = 743.5, /* = vehicles[1].wheels[2].tire_deflection */
    .mVehicles[1].mWheels[2].mWheelYLocation = 745.5, /* = vehicles[1].wheels[2].wheel_y */
    .mVehicles[1].mWheels[2].mToe = 747.5, /* = vehicles[1].wheels[2].toe */
    .mVehicles[1].mWheels[2].mTireCarcassTemperature = 749.5, /* = vehicles[1].wheels[2].carcass_temp */
    .mVehicles[1].mWheels[2].mTireInnerLayerTemperature = {751.5, 752.5, 753.5}, /* = vehicles[1].wheels[2].inner_temp */
    .mVehicles[1].mWheels[3].mSuspensionDeflection = 755.5, /* = vehicles[1].wheels[3].suspension_deflection */
    .mVehicles[1].mWheels[3].mRideHeight = 757.5, /* = vehicles[1].wheels[3].ride_height */
    .mVehicles[1].mWheels[3].mSuspForce = 759.5, /* = vehicles[1].wheels[3].suspension_force */
    .mVehicles[1].mWheels[3].mBrakeTemp = 761.5, /* = vehicles[1].wheels[3].brake_temp */
    .mVehicles[1].mWheels[3].mBrakePressure = 763.5, /* = vehicles[1].wheels[3].brake_pressure */
    .mVehicles[1].mWheels[3].mRotation = 765.5, /* = vehicles[1].wheels[3].rotation */
    .mVehicles[1].mWheels[3].mLateralPatchVel = 767.5, /* = vehicles[1].wheels[3].lateral_patch_vel */
    .mVehicles[1].mWheels[3].mLongitudinalPatchVel = 769.5, /* = vehicles[1].wheels[3].longitudinal_patch_vel */
    .mVehicles[1].mWheels[3].mLateralGroundVel = 771.5, /* = vehicles[1].wheels[3].lateral_ground_vel */
    .mVehicles[1].mWheels[3].mLongitudinalGroundVel = 773.5, /* = vehicles[1].wheels[3].longitudinal_ground_vel */
    .mVehicles[1].mWheels[3].mCamber = 775.5, /* = vehicles[1].wheels[3].camber */
    .mVehicles[1].mWheels[3].mLateralForce = 777.5, /* = vehicles[1].wheels[3].lateral_force */
    .mVehicles[1].mWheels[3].mLongitudinalForce = 779.5, /* = vehicles[1].wheels[3].longitudinal_force */
    .mVehicles[1].mWheels[3].mTireLoad = 781.5, /* = vehicles[1].wheels[3].tire_load */
    .mVehicles[1].mWheels[3].mGripFract = 783.5, /* = vehicles[1].wheels[3].grip_fract */
    .mVehicles[1].mWheels[3].mPressure = 785.5, /* = vehicles[1].wheels[3].pressure */
    .mVehicles[1].mWheels[3].mTemperature = {787.5, 788.5, 789.5}, /* = vehicles[1].wheels[3].temperature */
    .mVehicles[1].mWheels[3].mWear = 791.5, /* = vehicles[1].wheels[3].wear */
    .mVehicles[1].mWheels[3].mTerrainName = "terrain 792", /* = vehicles[1].wheels[3].terrain */
    .mVehicles[1].mWheels[3].mSurfaceType = 45, /* = vehicles[1].wheels[3].surface */
    .mVehicles[1].mWheels[3].mFlat = 1, /* = vehicles[1].wheels[3].flat */
    .mVehicles[1].mWheels[3].mDetached = 0, /* = vehicles[1].wheels[3].detached */
    .mVehicles[1].mWheels[3].mStaticUndeflectedRadius = 51, /* = vehicles[1].wheels[3].undeflected_radius */
    .mVehicles[1].mWheels[3].mVerticalTireDeflection = 802.5, /* = vehicles[1].wheels[3].tire_deflection */
    .mVehicles[1].mWheels[3].mWheelYLocation = 804.5, /* = vehicles[1].wheels[3].wheel_y */
    .mVehicles[1].mWheels[3].mToe = 806.5, /* = vehicles[1].wheels[3].toe */
    .mVehicles[1].mWheels[3].mTireCarcassTemperature = 808.5, /* = vehicles[1].wheels[3].carcass_temp */
    .mVehicles[1].mWheels[3].mTireInnerLayerTemperature = {810.5, 811.5, 812.5}, /* = vehicles[1].wheels[3].inner_temp */
    .mVehicles[2].mID = 99, /* after the last one */
};
