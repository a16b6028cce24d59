/* SPDX-License-Identifier: MIT */
/* rF2State.h of rF2SharedMemoryMapPlugin; here a vector of 3 is an array, and
 * long is int, because it has 4 bytes on Windows. */
/* layout rfactor2_scoring: x86-windows x64-windows */
#include "published.h"

#pragma pack(push, 4)
struct rF2ScoringInfo {
    char mTrackName[64];
    int mSession;
    double mCurrentET;
    double mEndET;
    int mMaxLaps;
    double mLapDist;
    void *pointer1;
    int mNumVehicles;
    unsigned char mGamePhase;
    signed char mYellowFlagState;
    signed char mSectorFlag[3];
    unsigned char mStartLight;
    unsigned char mNumRedLights;
    bool mInRealtime;
    char mPlayerName[32];
    char mPlrFileName[64];
    double mDarkCloud;
    double mRaining;
    double mAmbientTemp;
    double mTrackTemp;
    double mWind[3];
    double mMinPathWetness;
    double mMaxPathWetness;
    unsigned char mGameMode;
    bool mIsPasswordProtected;
    unsigned short mServerPort;
    unsigned int mServerPublicIP;
    int mMaxPlayers;
    char mServerName[32];
    float mStartET;
    double mAvgPathWetness;
    unsigned char mExpansion[200];
    void *pointer2;
};
struct rF2VehicleScoring {
    int mID;
    char mDriverName[32];
    char mVehicleName[64];
    short mTotalLaps;
    signed char mSector;
    signed char mFinishStatus;
    double mLapDist;
    double mPathLateral;
    double mTrackEdge;
    double mBestSector1;
    double mBestSector2;
    double mBestLapTime;
    double mLastSector1;
    double mLastSector2;
    double mLastLapTime;
    double mCurSector1;
    double mCurSector2;
    short mNumPitstops;
    short mNumPenalties;
    bool mIsPlayer;
    signed char mControl;
    bool mInPits;
    unsigned char mPlace;
    char mVehicleClass[32];
    double mTimeBehindNext;
    int mLapsBehindNext;
    double mTimeBehindLeader;
    int mLapsBehindLeader;
    double mLapStartET;
    double mPos[3];
    double mLocalVel[3];
    double mLocalAccel[3];
    double mOri[9];
    double mLocalRot[3];
    double mLocalRotAccel[3];
    unsigned char mHeadlights;
    unsigned char mPitState;
    unsigned char mServerScored;
    unsigned char mIndividualPhase;
    int mQualification;
    double mTimeIntoLap;
    double mEstimatedLapTime;
    char mPitGroup[24];
    unsigned char mFlag;
    bool mUnderYellow;
    unsigned char mCountLapFlag;
    bool mInGarageStall;
    unsigned char mUpgradePack[16];
    float mPitLapDist;
    float mBestLapSector1;
    float mBestLapSector2;
    unsigned char mExpansion[48];
};
struct rF2Scoring {
    u32 mVersionUpdateBegin;
    u32 mVersionUpdateEnd;
    int mBytesUpdatedHint;
    struct rF2ScoringInfo mScoringInfo;
    struct rF2VehicleScoring mVehicles[128];
};
#pragma pack(pop)
PUBLISHED(struct rF2ScoringInfo, sizeof(void *) == 8 ? 548 : 540);
PUBLISHED(struct rF2VehicleScoring, 584);
_Static_assert(OFFSET(struct rF2Scoring, mVehicles) ==
                   (sizeof(void *) == 8 ? 560 : 552),
               "the vehicles follow at once");

MAPPING struct rF2Scoring scoring = {
    .mVersionUpdateBegin = 888, /* = update_begin */
    .mVersionUpdateEnd = 888, /* = update_end */
    .mBytesUpdatedHint = 1700, /* = bytes_hint */
    .mScoringInfo.mTrackName = "track 813", /* = scoring.info.track */
    .mScoringInfo.mSession = 100815, /* = scoring.info.session */
    .mScoringInfo.mCurrentET = 817.5, /* = scoring.info.current_time */
    .mScoringInfo.mEndET = 819.5, /* = scoring.info.end_time */
    .mScoringInfo.mMaxLaps = 100821, /* = scoring.info.max_laps */
    .mScoringInfo.mLapDist = 823.5, /* = scoring.info.lap_distance */
    .mScoringInfo.pointer1 = (void *)1824, /* = scoring.info.pointer1 : 1824 */
    .mScoringInfo.mNumVehicles = 2, /* = scoring.info.vehicle_count */
    .mScoringInfo.mGamePhase = 79, /* = scoring.info.game_phase */
    .mScoringInfo.mYellowFlagState = 10, /* = scoring.info.yellow_flag */
    .mScoringInfo.mSectorFlag = {12, 13, 14}, /* = scoring.info.sector_flag */
    .mScoringInfo.mStartLight = 87, /* = scoring.info.start_light */
    .mScoringInfo.mNumRedLights = 89, /* = scoring.info.red_lights */
    .mScoringInfo.mInRealtime = 0, /* = scoring.info.in_realtime */
    .mScoringInfo.mPlayerName = "player_n 841", /* = scoring.info.player_name */
    .mScoringInfo.mPlrFileName = "player_f 842", /* = scoring.info.player_file */
    .mScoringInfo.mDarkCloud = 844.5, /* = scoring.info.dark_cloud */
    .mScoringInfo.mRaining = 846.5, /* = scoring.info.raining */
    .mScoringInfo.mAmbientTemp = 848.5, /* = scoring.info.ambient_temp */
    .mScoringInfo.mTrackTemp = 850.5, /* = scoring.info.track_temp */
    .mScoringInfo.mWind = {852.5, 853.5, 854.5}, /* = scoring.info.wind */
    .mScoringInfo.mMinPathWetness = 856.5, /* = scoring.info.min_path_wetness */
    .mScoringInfo.mMaxPathWetness = 858.5, /* = scoring.info.max_path_wetness */
    .mScoringInfo.mGameMode = 111, /* = scoring.info.game_mode */
    .mScoringInfo.mIsPasswordProtected = 1, /* = scoring.info.password_protected */
    .mScoringInfo.mServerPort = 1864, /* = scoring.info.server_port */
    .mScoringInfo.mServerPublicIP = 0x0100007f, /* = scoring.info.server_ip : 16777343 */
    .mScoringInfo.mMaxPlayers = 100868, /* = scoring.info.max_players */
    .mScoringInfo.mServerName = "server_n 869", /* = scoring.info.server_name */
    .mScoringInfo.mStartET = 871.5f, /* = scoring.info.start_time */
    .mScoringInfo.mAvgPathWetness = 873.5, /* = scoring.info.avg_path_wetness */
    .mScoringInfo.mExpansion = {126, 127, 128, 129, 130, 131, 132, 133}, /* = scoring.info.expansion : "7e7f808182838485+0*192" */
    .mScoringInfo.pointer2 = (void *)1883, /* = scoring.info.pointer2 : 1883 */
    .mVehicles[0].mID = 100885, /* = scoring.vehicles[0].id */
    .mVehicles[0].mDriverName = "driver 886", /* = scoring.vehicles[0].driver */
    .mVehicles[0].mVehicleName = "name 887", /* = scoring.vehicles[0].name */
    .mVehicles[0].mTotalLaps = 1889, /* = scoring.vehicles[0].laps */
    .mVehicles[0].mSector = 71, /* = scoring.vehicles[0].sector */
    .mVehicles[0].mFinishStatus = 73, /* = scoring.vehicles[0].finish_status */
    .mVehicles[0].mLapDist = 895.5, /* = scoring.vehicles[0].lap_distance */
    .mVehicles[0].mPathLateral = 897.5, /* = scoring.vehicles[0].path_lateral */
    .mVehicles[0].mTrackEdge = 899.5, /* = scoring.vehicles[0].track_edge */
    .mVehicles[0].mBestSector1 = 901.5, /* = scoring.vehicles[0].best_sector1 */
    .mVehicles[0].mBestSector2 = 903.5, /* = scoring.vehicles[0].best_sector2 */
    .mVehicles[0].mBestLapTime = 905.5, /* = scoring.vehicles[0].best_lap */
    .mVehicles[0].mLastSector1 = 907.5, /* = scoring.vehicles[0].last_sector1 */
    .mVehicles[0].mLastSector2 = 909.5, /* = scoring.vehicles[0].last_sector2 */
    .mVehicles[0].mLastLapTime = 911.5, /* = scoring.vehicles[0].last_lap */
    .mVehicles[0].mCurSector1 = 913.5, /* = scoring.vehicles[0].current_sector1 */
    .mVehicles[0].mCurSector2 = 915.5, /* = scoring.vehicles[0].current_sector2 */
    .mVehicles[0].mNumPitstops = 1917, /* = scoring.vehicles[0].pit_stops */
    .mVehicles[0].mNumPenalties = 1919, /* = scoring.vehicles[0].penalties */
    .mVehicles[0].mIsPlayer = 0, /* = scoring.vehicles[0].is_player */
    .mVehicles[0].mControl = 3, /* = scoring.vehicles[0].control */
    .mVehicles[0].mInPits = 1, /* = scoring.vehicles[0].in_pits */
    .mVehicles[0].mPlace = 178, /* = scoring.vehicles[0].place */
    .mVehicles[0].mVehicleClass = "class 928", /* = scoring.vehicles[0].class */
    .mVehicles[0].mTimeBehindNext = 930.5, /* = scoring.vehicles[0].behind_next */
    .mVehicles[0].mLapsBehindNext = 100932, /* = scoring.vehicles[0].laps_behind_next */
    .mVehicles[0].mTimeBehindLeader = 934.5, /* = scoring.vehicles[0].behind_leader */
    .mVehicles[0].mLapsBehindLeader = 100936, /* = scoring.vehicles[0].laps_behind_leader */
    .mVehicles[0].mLapStartET = 938.5, /* = scoring.vehicles[0].lap_start */
    .mVehicles[0].mPos = {940.5, 941.5, 942.5}, /* = scoring.vehicles[0].position */
    .mVehicles[0].mLocalVel = {944.5, 945.5, 946.5}, /* = scoring.vehicles[0].velocity */
    .mVehicles[0].mLocalAccel = {948.5, 949.5, 950.5}, /* = scoring.vehicles[0].acceleration */
    .mVehicles[0].mOri = {952.5, 953.5, 954.5, 955.5, 956.5, 957.5, 958.5, 959.5, 960.5}, /* = scoring.vehicles[0].orientation */
    .mVehicles[0].mLocalRot = {962.5, 963.5, 964.5}, /* = scoring.vehicles[0].rotation */
    .mVehicles[0].mLocalRotAccel = {966.5, 967.5, 968.5}, /* = scoring.vehicles[0].rotation_accel */
    .mVehicles[0].mHeadlights = 221, /* = scoring.vehicles[0].headlights */
    .mVehicles[0].mPitState = 223, /* = scoring.vehicles[0].pit_state */
    .mVehicles[0].mServerScored = 225, /* = scoring.vehicles[0].server_scored */
    .mVehicles[0].mIndividualPhase = 227, /* = scoring.vehicles[0].phase */
    .mVehicles[0].mQualification = 100978, /* = scoring.vehicles[0].qualification */
    .mVehicles[0].mTimeIntoLap = 980.5, /* = scoring.vehicles[0].time_into_lap */
    .mVehicles[0].mEstimatedLapTime = 982.5, /* = scoring.vehicles[0].estimated_lap */
    .mVehicles[0].mPitGroup = "pit_grou 983", /* = scoring.vehicles[0].pit_group */
    .mVehicles[0].mFlag = 236, /* = scoring.vehicles[0].flag */
    .mVehicles[0].mUnderYellow = 0, /* = scoring.vehicles[0].under_yellow */
    .mVehicles[0].mCountLapFlag = 240, /* = scoring.vehicles[0].count_lap */
    .mVehicles[0].mInGarageStall = 1, /* = scoring.vehicles[0].in_garage */
    .mVehicles[0].mUpgradePack = {244, 245, 246, 247, 248, 249, 250, 1}, /* = scoring.vehicles[0].upgrade_pack : "f4f5f6f7f8f9fa01+0*8" */
    .mVehicles[0].mPitLapDist = 1002.5f, /* = scoring.vehicles[0].pit_lap_distance */
    .mVehicles[0].mBestLapSector1 = 1004.5f, /* = scoring.vehicles[0].best_lap_sector1 */
    .mVehicles[0].mBestLapSector2 = 1006.5f, /* = scoring.vehicles[0].best_lap_sector2 */
    .mVehicles[0].mExpansion = {9, 10, 11, 12, 13, 14, 15, 16}, /* = scoring.vehicles[0].expansion : "090a0b0c0d0e0f10+0*40" */
    .mVehicles[1].mID = 101017, /* = scoring.vehicles[1].id */
    .mVehicles[1].mDriverName = "driver 1018", /* = scoring.vehicles[1].driver */
    .mVehicles[1].mVehicleName = "name 1019", /* = scoring.vehicles[1].name */
    .mVehicles[1].mTotalLaps = 2021, /* = scoring.vehicles[1].laps */
    .mVehicles[1].mSector = 3, /* = scoring.vehicles[1].sector */
    .mVehicles[1].mFinishStatus = 5, /* = scoring.vehicles[1].finish_status */
    .mVehicles[1].mLapDist = 1027.5, /* = scoring.vehicles[1].lap_distance */
    .mVehicles[1].mPathLateral = 1029.5, /* = scoring.vehicles[1].path_lateral */
    .mVehicles[1].mTrackEdge = 1031.5, /* = scoring.vehicles[1].track_edge */
    .mVehicles[1].mBestSector1 = 1033.5, /* = scoring.vehicles[1].best_sector1 */
    .mVehicles[1].mBestSector2 = 1035.5, /* = scoring.vehicles[1].best_sector2 */
    .mVehicles[1].mBestLapTime = 1037.5, /* = scoring.vehicles[1].best_lap */
    .mVehicles[1].mLastSector1 = 1039.5, /* = scoring.vehicles[1].last_sector1 */
    .mVehicles[1].mLastSector2 = 1041.5, /* = scoring.vehicles[1].last_sector2 */
    .mVehicles[1].mLastLapTime = 1043.5, /* = scoring.vehicles[1].last_lap */
    .mVehicles[1].mCurSector1 = 1045.5, /* = scoring.vehicles[1].current_sector1 */
    .mVehicles[1].mCurSector2 = 1047.5, /* = scoring.vehicles[1].current_sector2 */
    .mVehicles[1].mNumPitstops = 2049, /* = scoring.vehicles[1].pit_stops */
    .mVehicles[1].mNumPenalties = 2051, /* = scoring.vehicles[1].penalties */
    .mVehicles[1].mIsPlayer = 0, /* = scoring.vehicles[1].is_player */
    .mVehicles[1].mControl = 35, /* = scoring.vehicles[1].control */
    .mVehicles[1].mInPits = 1, /* = scoring.vehicles[1].in_pits */
    .mVehicles[1].mPlace = 60, /* = scoring.vehicles[1].place */
    .mVehicles[1].mVehicleClass = "class 1060", /* = scoring.vehicles[1].class */
    .mVehicles[1].mTimeBehindNext = 1062.5, /* = scoring.vehicles[1].behind_next */
    .mVehicles[1].mLapsBehindNext = 101064, /* = scoring.vehicles[1].laps_behind_next */
    .mVehicles[1].mTimeBehindLeader = 1066.5, /* = scoring.vehicles[1].behind_leader */
    .mVehicles[1].mLapsBehindLeader = 101068, /* = scoring.vehicles[1].laps_behind_leader */
    .mVehicles[1].mLapStartET = 1070.5, /* = scoring.vehicles[1].lap_start */
    .mVehicles[1].mPos = {1072.5, 1073.5, 1074.5}, /* = scoring.vehicles[1].position */
    .mVehicles[1].mLocalVel = {1076.5, 1077.5, 1078.5}, /* = scoring.vehicles[1].velocity */
    .mVehicles[1].mLocalAccel = {1080.5, 1081.5, 1082.5}, /* = scoring.vehicles[1].acceleration */
    .mVehicles[1].mOri = {1084.5, 1085.5, 1086.5, 1087.5, 1088.5, 1089.5, 1090.5, 1091.5, 1092.5}, /* = scoring.vehicles[1].orientation */
    .mVehicles[1].mLocalRot = {1094.5, 1095.5, 1096.5}, /* = scoring.vehicles[1].rotation */
    .mVehicles[1].mLocalRotAccel = {1098.5, 1099.5, 1100.5}, /* = scoring.vehicles[1].rotation_accel */
    .mVehicles[1].mHeadlights = 103, /* = scoring.vehicles[1].headlights */
    .mVehicles[1].mPitState = 105, /* = scoring.vehicles[1].pit_state */
    .mVehicles[1].mServerScored = 107, /* = scoring.vehicles[1].server_scored */
    .mVehicles[1].mIndividualPhase = 109, /* = scoring.vehicles[1].phase */
    .mVehicles[1].mQualification = 101110, /* = scoring.vehicles[1].qualification */
    .mVehicles[1].mTimeIntoLap = 1112.5, /* = scoring.vehicles[1].time_into_lap */
    .mVehicles[1].mEstimatedLapTime = 1114.5, /* = scoring.vehicles[1].estimated_lap */
    .mVehicles[1].mPitGroup = "pit_grou 1115", /* = scoring.vehicles[1].pit_group */
    .mVehicles[1].mFlag = 118, /* = scoring.vehicles[1].flag */
    .mVehicles[1].mUnderYellow = 0, /* = scoring.vehicles[1].under_yellow */
    .mVehicles[1].mCountLapFlag = 122, /* = scoring.vehicles[1].count_lap */
    .mVehicles[1].mInGarageStall = 1, /* = scoring.vehicles[1].in_garage */
    .mVehicles[1].mUpgradePack = {126, 127, 128, 129, 130, 131, 132, 133}, /* = scoring.vehicles[1].upgrade_pack : "7e7f808182838485+0*8" */
    .mVehicles[1].mPitLapDist = 1134.5f, /* = scoring.vehicles[1].pit_lap_distance */
    .mVehicles[1].mBestLapSector1 = 1136.5f, /* = scoring.vehicles[1].best_lap_sector1 */
    .mVehicles[1].mBestLapSector2 = 1138.5f, /* = scoring.vehicles[1].best_lap_sector2 */
    .mVehicles[1].mExpansion = {141, 142, 143, 144, 145, 146, 147, 148}, /* = scoring.vehicles[1].expansion : "8d8e8f9091929394+0*40" */
    .mVehicles[2].mID = 99, /* after the last one */
};
